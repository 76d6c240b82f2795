using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Rules.Language;
using Aegis.Rules.Names;

namespace Aegis.Rules.Sets;

/// <summary>What a rule says: when it matches, and what follows.</summary>
public sealed record RuleDefinition
{
    /// <summary>The longest name, tag or description.</summary>
    public const int MaxNameLength = 64;

    /// <summary>The longest description.</summary>
    public const int MaxDescriptionLength = 500;

    /// <summary>The most points, in either direction.</summary>
    public const double MaxPoints = 100;

    /// <summary>The condition; docs/rules.md has its language.</summary>
    public required string When { get; init; }

    /// <summary>The outcome that it wants; null if it has no say in it but by points.</summary>
    public DecisionOutcome? Then { get; init; }

    /// <summary>Points that it adds, -100 to 100. Ten points count as if the payment were ten times as rare.</summary>
    public double Points { get; init; }

    /// <summary>A tag for the decision, 1 to 64 of <c>a-z 0-9 -</c>; null for none.</summary>
    public string? Tag { get; init; }

    /// <summary>What it is for, in words; null if nobody said.</summary>
    public string? Description { get; init; }

    /// <summary>True for a name of a rule or tag: 1 to 64 of <c>a-z 0-9 -</c>, beginning with a letter.</summary>
    public static bool IsName(string text) => text.Length is > 0 and <= MaxNameLength && text[0] is >= 'a' and <= 'z'
        && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    /// <summary>A match, as decisions show it.</summary>
    public RuleHit ToHit(string name, int version, bool isLive) => new(name, version, isLive, Then, Points, Tag);

    /// <summary>Everything that is wrong with it, by field.</summary>
    /// <param name="names">The names that the condition may use.</param>
    public IReadOnlyList<TransactionFault> Faults(RuleNames names)
    {
        var faults = new List<TransactionFault>();
        foreach (var (field, text) in new[] { ("when", When), ("description", Description) })
        {
            if (text is not null && CardNumbers.Contains(text))
            {
                faults.Add(TransactionFault.Of(field, text, "no card number; a card is named by its token"));
            }
        }

        if (FaultOf(When, names) is { } fault)
        {
            faults.Add(TransactionFault.Of("when", When, $"a condition without faults. {fault.Message}"));
        }

        if (Then is { } outcome && !Enum.IsDefined(outcome))
        {
            faults.Add(TransactionFault.Of("then", $"{(int)outcome}", "approve, review, decline, or nothing"));
        }

        if (!(Math.Abs(Points) <= MaxPoints))
        {
            faults.Add(TransactionFault.Of("points", $"{Points}", $"-{MaxPoints} to {MaxPoints}"));
        }

        if (Tag is not null && !IsName(Tag))
        {
            faults.Add(TransactionFault.Of("tag", Tag, $"1 to {MaxNameLength} of a-z 0-9 -, beginning with a letter"));
        }

        if (Description?.Length > MaxDescriptionLength)
        {
            faults.Add(TransactionFault.Of("description", Description, $"at most {MaxDescriptionLength} characters"));
        }

        if (Then is null && Points == 0 && Tag is null)
        {
            faults.Add(new TransactionFault("then", null, "approve, review or decline, unless the rule has points or a tag"));
        }

        return faults;
    }

    /// <summary>The first fault of a condition; null if it has none.</summary>
    public static RuleFaultException? FaultOf(string when, RuleNames names)
    {
        try
        {
            _ = Parser.Parse(when, names);
            return null;
        }
        catch (RuleFaultException e)
        {
            return e;
        }
    }
}

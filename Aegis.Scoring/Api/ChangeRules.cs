using Aegis.Core.Transactions;

namespace Aegis.Scoring.Api;

/// <summary>What every change of rules and lists must say: who makes it and why, and names out of those that there are.</summary>
internal static class ChangeRules
{
    /// <summary>The longest reason or description.</summary>
    public const int MaxReason = 500;

    private const int MaxPerson = 64;

    /// <summary>Checks who changes something and why.</summary>
    public static void CheckPerson(string? by, string? why, List<TransactionFault> faults)
    {
        CheckName(by, faults);
        if (!IsText(why, MaxReason))
        {
            faults.Add(TransactionFault.Of("why", why, $"the reason, 1 to {MaxReason} {Characters}"));
        }
    }

    /// <summary>Checks who does something.</summary>
    public static void CheckName(string? by, List<TransactionFault> faults)
    {
        if (!IsText(by, MaxPerson))
        {
            faults.Add(TransactionFault.Of("by", by, $"who does this, 1 to {MaxPerson} {Characters}"));
        }
    }

    /// <summary>Checks a text for people that may be missing.</summary>
    public static void CheckText(string field, string? text, List<TransactionFault> faults, int maxLength = MaxReason)
    {
        if (text is not null && !IsText(text, maxLength))
        {
            faults.Add(TransactionFault.Of(field, text, $"1 to {maxLength} {Characters}, or nothing"));
        }
    }

    /// <summary>The value that has this name in lower case; null if none is named, and a fault if none of those allowed has it.</summary>
    public static T? Named<T>(string field, string? name, T[] allowed, List<TransactionFault> faults)
        where T : struct, Enum
    {
        if (name is null)
        {
            return null;
        }

        var values = allowed.ToDictionary(value => $"{value}".ToLowerInvariant());
        if (values.TryGetValue(name, out var value))
        {
            return value;
        }

        faults.Add(TransactionFault.Of(field, name.Length > 0 ? name : null, string.Join(", ", values.Keys)));
        return null;
    }

    private const string Characters = "characters, no control characters, no marks that turn its direction, no card number";

    private static bool IsText(string? text, int maxLength) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= maxLength && MerchantNames.IsHarmless(text) && !CardNumbers.Contains(text);
}

using Aegis.Core.Decisions;
using Aegis.Rules.Language;
using Aegis.Rules.Lists;

namespace Aegis.Rules.Names;

/// <summary>All names that a condition may use: the payment's fields, the scores, and every feature.</summary>
public sealed class RuleNames
{
    private const int MaxSuggestions = 3;

    private readonly Dictionary<string, RuleName> _byName;
    private readonly Dictionary<string, ListInfo> _lists = [];

    /// <param name="reference">The currency that amounts are compared in, for example <c>EUR</c>. <c>amount_eur</c> is
    /// then another name of <c>amount</c>.</param>
    public RuleNames(string reference)
    {
        Payment = PaymentNames.All(reference);
        Scores = PaymentNames.Scores;
        Features = [.. FeatureNames.All];
        _byName = Payment.Concat(Scores).Concat(Features).ToDictionary(name => name.Name, StringComparer.Ordinal);
    }

    private RuleNames(RuleNames names, IEnumerable<ListInfo> lists)
    {
        (Payment, Scores, Features, _byName) = (names.Payment, names.Scores, names.Features, names._byName);
        _lists = lists.ToDictionary(list => list.Name, StringComparer.Ordinal);
    }

    /// <summary>The payment's fields.</summary>
    public IReadOnlyList<RuleName> Payment { get; }

    /// <summary>What the models say.</summary>
    public IReadOnlyList<RuleName> Scores { get; }

    /// <summary>The features; see docs/features.md.</summary>
    public IReadOnlyList<RuleName> Features { get; }

    /// <summary>All names, in the order of the alphabet.</summary>
    public IEnumerable<string> All => _byName.Keys.Order(StringComparer.Ordinal);

    /// <summary>The same names beside lists, which conditions may name after <c>in</c>.</summary>
    public RuleNames With(IEnumerable<ListInfo> lists) => new(this, lists);

    /// <summary>What a list can be asked of, by the name in conditions.</summary>
    public static string SubjectOf(ListSubject of) => $"{of}".ToLowerInvariant();

    /// <summary>The value that says whether another one stands on a list.</summary>
    /// <exception cref="RuleFaultException">There is no such list, or it is of something else.</exception>
    internal RuleName On(RuleName value, string list, int column)
    {
        if (!_lists.TryGetValue(list, out var known))
        {
            throw new RuleFaultException(column, _lists.Count == 0
                ? $"'{list}' is no list, and there is none yet; allowed: values in brackets, for example ('DE', 'FR')."
                : $"'{list}' is no list; alike: {string.Join(", ", Alike(_lists.Keys, list))}. Values stand in brackets.");
        }

        return value.Name == SubjectOf(known.Of) ? value.On(known) : throw new RuleFaultException(
            column, $"'{value.Name}' cannot be on '{list}'; allowed: '{SubjectOf(known.Of)} in {list}'.");
    }

    /// <summary>The value of a name.</summary>
    /// <exception cref="RuleFaultException">There is no such name; the message suggests the most alike.</exception>
    internal RuleName Named(string name, int column) => _byName.TryGetValue(name, out var known) ? known : throw new RuleFaultException(
        column, $"'{name}' is not known; alike: {string.Join(", ", Alike(_byName.Keys, name))}. docs/rules.md lists all names.");

    private static IEnumerable<string> Alike(IEnumerable<string> names, string name) =>
        names.OrderBy(known => Distance(known, name)).ThenBy(known => known, StringComparer.Ordinal).Take(MaxSuggestions);

    /// <summary>Levenshtein's distance; a name that begins or ends alike is nearer.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}

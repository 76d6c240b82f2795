using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Aegis.Rules.Compiling;
using Aegis.Rules.Language;
using Aegis.Rules.Lists;
using Aegis.Rules.Names;

namespace Aegis.Rules.Sets;

/// <summary>A compiled set of rules. Several threads may share it.</summary>
public sealed class RuleBook
{
    private readonly RuleValues _values = new();
    private readonly Condition[] _conditions;
    private readonly ulong[] _seeds;

    /// <param name="set">The rules.</param>
    /// <param name="names">The names that they use.</param>
    /// <exception cref="RuleFaultException">A condition has a fault.</exception>
    public RuleBook(RuleSet set, RuleNames names)
    {
        ArgumentNullException.ThrowIfNull(set);
        var compiler = new Compiler(names, _values);
        (Set, Version) = (set, set.Version());
        _conditions = [.. set.Rules.Select(rule => compiler.Compile(rule.Definition.When))];
        // By the name: a card stays in or out of the share when the rule gets another version.
        _seeds = [.. set.Rules.Select(rule => StableHash.Hash64(rule.Name))];
    }

    /// <summary>No rules: lists alone decide with the models.</summary>
    public static RuleBook Empty { get; } = new(new RuleSet([]), new RuleNames("EUR"));

    /// <summary>The rules.</summary>
    public RuleSet Set { get; }

    /// <summary>The version of the set.</summary>
    public string Version { get; }

    /// <summary>The names that a condition reads, each once.</summary>
    /// <exception cref="RuleFaultException">The condition has a fault.</exception>
    public static IReadOnlyList<string> NamesOf(string condition, RuleNames names)
    {
        var values = new RuleValues();
        _ = new Compiler(names, values).Compile(condition);
        return values.Names;
    }

    /// <summary>Working memory for one thread.</summary>
    public RuleMemory CreateMemory() => new(_values.Numbers, _values.Texts);

    /// <summary>Applies all rules and lists to a payment.</summary>
    /// <param name="input">The payment.</param>
    /// <param name="policy">The thresholds, for points.</param>
    /// <param name="row">The row that matches are noted for.</param>
    /// <param name="matches">Receives the rules that match, in their order, and the entries of lists.</param>
    /// <param name="memory">The result of <see cref="CreateMemory"/>.</param>
    /// <returns>The outcome by the models, the rules and the lists.</returns>
    public DecisionOutcome Apply(in RuleInput input, DecisionPolicy policy, int row, Matches matches, RuleMemory memory)
    {
        ArgumentNullException.ThrowIfNull(matches);
        ArgumentNullException.ThrowIfNull(memory);
        _values.Fetch(input, memory.Numbers, memory.Texts);
        var verdict = new RuleVerdict();
        for (var rule = 0; rule < _conditions.Length; rule++)
        {
            if (!_conditions[rule](memory.Numbers, memory.Texts))
            {
                continue;
            }

            var isLive = StableHash.UnitOf(StableHash.Mix(input.CardHash ^ _seeds[rule])) < Set.Rules[rule].Share
                && !input.Lists.IsSnoozed(input, _seeds[rule]);
            matches.Rules.Add(new RuleMatch(row, rule, isLive));
            if (isLive)
            {
                verdict.Add(Set.Rules[rule].Definition);
            }
        }

        if (input.Lists.Decides)
        {
            var first = matches.Lists.Count;
            input.Lists.Find(input, row, matches.Lists);
            for (var i = first; i < matches.Lists.Count; i++)
            {
                verdict.Add(input.Lists.ListOf(matches.Lists[i]).Effect);
            }
        }

        return verdict.Outcome(input, policy);
    }
}

using Aegis.Rules.Names;
using Aegis.Rules.Sets;

namespace Aegis.Scoring.Backtests;

/// <summary>A backtest whose request has no fault.</summary>
/// <param name="Rules">The rules to try, with the share of cards that each decides for.</param>
/// <param name="Without">Names of rules to leave out.</param>
/// <param name="Only">True to leave out every rule that was in force.</param>
/// <param name="Thresholds">The thresholds to try on the risk; null for the models' own outcome of then.</param>
/// <param name="FromMs">Only payments made from then on, Unix milliseconds.</param>
/// <param name="ToMs">Only payments made before then, Unix milliseconds.</param>
internal sealed record BacktestPlan(
    IReadOnlyList<(string Name, RuleDefinition Definition, double Share)> Rules, IReadOnlySet<string> Without, bool Only,
    (double ReviewAt, double DeclineAt)? Thresholds, long FromMs, long ToMs)
{
    /// <summary>The rules that would have decided in place of a set. Those to try come last, and have the numbers -1, -2, … in their
    /// order.</summary>
    /// <param name="then">The set that was in force; null if there was none.</param>
    /// <param name="names">The names that conditions may use.</param>
    public RuleBook BookFor(RuleSet? then, RuleNames names)
    {
        var tried = Rules.Select((rule, i) => new RuleInForce(-1 - i, rule.Name, 1, rule.Definition, rule.Share)).ToList();
        var replaced = tried.Select(rule => rule.Name).Concat(Without).ToHashSet();
        var kept = Only || then is null ? [] : then.Rules.Where(rule => !replaced.Contains(rule.Name));
        return new RuleBook(new RuleSet([.. kept, .. tried]), names);
    }
}

using Aegis.Core.Decisions;
using Aegis.Rules.Compiling;

namespace Aegis.Rules.Sets;

/// <summary>What the rules that matched a payment and the lists that it stands on say together.</summary>
/// <remarks>
/// Points of all rules add up and move the risk that the thresholds are compared with. Then, whatever the order of rules and lists:
/// one that declines decides alone; otherwise one that approves overrules the models and every review; otherwise one that reviews
/// makes of an approval a review.
/// </remarks>
internal struct RuleVerdict
{
    /// <summary>Ten points count as if the payment were ten times as rare.</summary>
    private static readonly double RiskOfPoint = Math.Log(10) / 10;

    private double _points;
    private bool _declines;
    private bool _approves;
    private bool _reviews;

    /// <summary>Adds a rule.</summary>
    public void Add(RuleDefinition rule)
    {
        _points += rule.Points;
        _declines |= rule.Then == DecisionOutcome.Decline;
        _approves |= rule.Then == DecisionOutcome.Approve;
        _reviews |= rule.Then == DecisionOutcome.Review;
    }

    /// <summary>Adds a list.</summary>
    public void Add(ListEffect effect)
    {
        _declines |= effect == ListEffect.Block;
        _approves |= effect == ListEffect.Allow;
        _reviews |= effect == ListEffect.Watch;
    }

    /// <summary>The outcome.</summary>
    public readonly DecisionOutcome Outcome(in RuleInput input, DecisionPolicy policy)
    {
        if (_declines || _approves)
        {
            return _declines ? DecisionOutcome.Decline : DecisionOutcome.Approve;
        }

        var outcome = _points == 0
            ? input.ModelOutcome
            : policy.Decide(input.Assessment.Risk + (_points * RiskOfPoint), input.IdHash);
        return _reviews && outcome == DecisionOutcome.Approve ? DecisionOutcome.Review : outcome;
    }
}

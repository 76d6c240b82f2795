using Aegis.Client;
using Aegis.Rules.Sets;

namespace Aegis.Scoring.Storage;

/// <summary>A version of a rule and where it stands.</summary>
/// <param name="Id">Its number in the store.</param>
/// <param name="Name">The rule's name.</param>
/// <param name="Version">The version, from 1.</param>
/// <param name="Definition">What it says.</param>
/// <param name="State">Its state.</param>
/// <param name="Share">The share of cards that it decides for; 0 unless it is live.</param>
internal sealed record StoredRule(long Id, string Name, int Version, RuleDefinition Definition, RuleState State, double Share)
{
    /// <summary>True if it belongs to the set in force.</summary>
    public bool IsInUse => State is RuleState.Shadow or RuleState.Live;

    /// <summary>The rule as a set holds it.</summary>
    public RuleInForce ToRule() => new(Id, Name, Version, Definition, State == RuleState.Live ? Share : 0);
}

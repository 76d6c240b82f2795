namespace Aegis.Rules.Sets;

/// <summary>A rule of a set: one version of its definition.</summary>
/// <param name="Id">Its number in the store, by which matches are stored.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version of its definition, from 1.</param>
/// <param name="Definition">What it says.</param>
/// <param name="Share">The share of cards that it decides for, 0 to 1. For all others, and for everybody at 0, it is a
/// shadow: it only counts.</param>
public sealed record RuleInForce(long Id, string Name, int Version, RuleDefinition Definition, double Share);

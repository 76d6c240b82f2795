using Aegis.Core.Decisions;

namespace Aegis.Client;

/// <summary>The states of a version of a rule.</summary>
public enum RuleState : byte
{
    /// <summary>Written, and not used yet.</summary>
    Draft = 0,

    /// <summary>Counts the payments that it matches, and decides nothing.</summary>
    Shadow = 1,

    /// <summary>Decides, for all cards or a share of them.</summary>
    Live = 2,

    /// <summary>Taken out of use for a while.</summary>
    Paused = 3,

    /// <summary>Taken out of use for good.</summary>
    Retired = 4,
}

/// <summary>What a rule says.</summary>
/// <param name="When">The condition; docs/rules.md has its language.</param>
/// <param name="Then">The outcome that it wants: approve, review or decline; null if it has no say in it but by points.</param>
/// <param name="Points">Points that it adds, -100 to 100. Ten count as if the payment were ten times as rare.</param>
/// <param name="Tag">A tag for the decision, 1 to 64 of <c>a-z 0-9 -</c>; null for none.</param>
/// <param name="Description">What it is for, at most 500 characters.</param>
/// <param name="By">Who writes it, 1 to 64 characters.</param>
/// <param name="Why">Why, 1 to 500 characters.</param>
public sealed record RuleRequest(
    string? When, string? Then = null, double Points = 0, string? Tag = null, string? Description = null, string? By = null,
    string? Why = null) : ISaysBy;

/// <summary>A step in the life of a rule.</summary>
/// <param name="State">The state to bring it into: shadow, live, paused or retired.</param>
/// <param name="By">Who takes the step, 1 to 64 characters.</param>
/// <param name="Why">Why, 1 to 500 characters.</param>
/// <param name="Share">With live: the share of cards that it decides for, above 0 to 1. For others it only counts.</param>
/// <param name="Version">The version of its definition; null for the newest.</param>
public sealed record RuleStepRequest(string? State, string? By, string? Why, double Share = 1, int? Version = null) : ISaysBy;

/// <summary>A condition to check.</summary>
/// <param name="When">The condition.</param>
public sealed record RuleCheckRequest(string? When);

/// <summary>A condition that has no fault.</summary>
/// <param name="Names">The names that it reads.</param>
public sealed record RuleCheck(IReadOnlyList<string> Names);

/// <summary>A value that conditions may name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">number or text.</param>
/// <param name="Meaning">What it is, with its unit.</param>
/// <param name="Missing">When it is missing.</param>
/// <param name="Allowed">The texts that it can have; null for numbers.</param>
public sealed record RuleNameReport(string Name, string Type, string Meaning, string Missing, string? Allowed);

/// <summary>A step that was taken.</summary>
/// <param name="State">The state from then on.</param>
/// <param name="Share">The share of cards that it decides for; 0 unless it is live.</param>
/// <param name="By">Who took it.</param>
/// <param name="Why">Why.</param>
/// <param name="At">When, UTC.</param>
public sealed record RuleStep(RuleState State, double Share, string By, string Why, DateTimeOffset At);

/// <summary>What a version of a rule has matched.</summary>
/// <param name="Matches">The payments that it matched, ever.</param>
/// <param name="Alone">Those that no other rule matched.</param>
/// <param name="Live">Those that it decided with the models.</param>
/// <param name="Fraud">Of its newest matches, at most <see cref="Judged"/>, those that labels call fraud.</param>
/// <param name="Genuine">Of the same, those that labels call genuine.</param>
public sealed record RuleMatches(long Matches, long Alone, long Live, long Fraud, long Genuine)
{
    /// <summary>The most matches whose labels are counted.</summary>
    public const int Judged = 10_000;
}

/// <summary>A version of a rule.</summary>
/// <param name="Name">The rule's name.</param>
/// <param name="Version">The version, from 1.</param>
/// <param name="When">The condition.</param>
/// <param name="Then">The outcome that it wants.</param>
/// <param name="Points">The points that it adds.</param>
/// <param name="Tag">Its tag.</param>
/// <param name="Description">What it is for.</param>
/// <param name="State">Its state.</param>
/// <param name="Share">The share of cards that it decides for; 0 unless it is live.</param>
/// <param name="Matches">What it has matched.</param>
/// <param name="Steps">Its steps, oldest first.</param>
public sealed record RuleReport(
    string Name, int Version, string When, DecisionOutcome? Then, double Points, string? Tag, string? Description, RuleState State,
    double Share, RuleMatches Matches, IReadOnlyList<RuleStep> Steps);

/// <summary>All rules.</summary>
/// <param name="InForce">The set in force in one of the process's shards; null if there is none.</param>
/// <param name="Rules">Of each rule the newest version, and those before it that are in shadow or live; by name.</param>
public sealed record RuleList(string? InForce, IReadOnlyList<RuleReport> Rules);

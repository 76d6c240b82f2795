using Aegis.Core.Decisions;

namespace Aegis.Scoring.Shards;

/// <summary>What entries after a snapshot came to when they were decided: reading them again comes to the same, whatever else is in the store by now.</summary>
/// <param name="Dead">Entries and items that were dead letters.</param>
/// <param name="Labels">Entries of labels that were taken in, and whether they were counted.</param>
internal sealed record KnownOutcomes(IReadOnlySet<(LogPosition Position, int Item)> Dead, IReadOnlyDictionary<LogPosition, bool> Labels)
{
    /// <summary>No dead letter and no label.</summary>
    public static KnownOutcomes None { get; } = new(new HashSet<(LogPosition, int)>(), new Dictionary<LogPosition, bool>());
}

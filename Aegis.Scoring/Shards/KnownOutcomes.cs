using Aegis.Core.Decisions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Shards;

/// <summary>The outcomes of entries after a snapshot that were decided before. Replay repeats the stored outcome,
/// whatever else the store holds by now.</summary>
/// <param name="Dead">The entries and items that were dead letters.</param>
/// <param name="Labels">The entries of labels that were stored, each with whether features learned from it.</param>
internal sealed record KnownOutcomes(IReadOnlySet<(LogPosition Position, int Item)> Dead, IReadOnlyDictionary<LogPosition, bool> Labels)
    : IOutcomes
{
    /// <summary>Outcomes without dead letters and labels.</summary>
    public static KnownOutcomes None { get; } = new(new HashSet<(LogPosition, int)>(), new Dictionary<LogPosition, bool>());

    /// <inheritdoc/>
    public bool Decides => false;

    /// <inheritdoc/>
    public bool IsDead(LogPosition position, int item) => Dead.Contains((position, item));

    /// <inheritdoc/>
    public Novelty Register(ShardIds ids, TransactionKey key, long eventSeconds) =>
        ids.Settle(key, eventSeconds) ? Novelty.New : Novelty.Duplicate;

    /// <inheritdoc/>
    public LabelEffect EffectOf(in LabelView label, LogPosition position) =>
        Labels.TryGetValue(position, out var isCounted) && isCounted ? LabelEffect.Counted : LabelEffect.None;
}

using Aegis.Core.Decisions;

namespace Aegis.Scoring.Consumption;

/// <summary>Where an id was decided first, and on what content.</summary>
internal readonly record struct FirstUse(int Shard, LogPosition Position, uint Content);

/// <summary>Ids that are too old to be remembered by <see cref="ShardIds"/>: the store knows them.</summary>
internal interface IOldIds
{
    /// <summary>The first use of an id; null where it was never decided.</summary>
    FirstUse? Find(ReadOnlySpan<byte> id);
}

using Aegis.Core.Decisions;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>The stored state of a shard.</summary>
/// <param name="Position">The last entry whose results are stored.</param>
/// <param name="Snapshot">The last entry that the stored snapshot covers; <see cref="LogPosition.Start"/> if there is no snapshot.</param>
/// <param name="Epoch">The epoch, which grows with every owner.</param>
/// <param name="BarrierMs">The end of the last interval whose counts the shard published, Unix milliseconds; 0 before the first.</param>
/// <param name="FactsMs">The fact version that the shard has read since then.</param>
/// <param name="Decisions">The newest decision of all shards at that time.</param>
/// <param name="Scores">What the shard has decided since that barrier: <see cref="Core.Budgets.ScoreCounts.Write"/>; null for
/// nothing.</param>
internal readonly record struct StoredShard(
    LogPosition Position, LogPosition Snapshot, long Epoch, long BarrierMs, long FactsMs, long Decisions, byte[]? Scores = null);

using Aegis.Core.Decisions;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Where a shard stands in the store.</summary>
/// <param name="Position">The last entry whose results are stored.</param>
/// <param name="Snapshot">The entry up to which the kept snapshot remembers; <see cref="LogPosition.Start"/> where there is none.</param>
/// <param name="Epoch">Grows with every owner.</param>
/// <param name="BarrierMs">The end of the last interval that the shard has published counts of; 0 before the first.</param>
/// <param name="FactsMs">The fact version that it reads since.</param>
/// <param name="Decisions">The newest decision of all shards then.</param>
internal readonly record struct StoredShard(
    LogPosition Position, LogPosition Snapshot, long Epoch, long BarrierMs, long FactsMs, long Decisions);

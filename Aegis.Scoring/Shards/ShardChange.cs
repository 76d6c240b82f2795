using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Shards;

/// <summary>A shard that the reader begins or ceases to read.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="TakenOver">The shard's worker; null if the reader ceases.</param>
internal readonly record struct ShardChange(int Shard, ShardWorker? TakenOver);

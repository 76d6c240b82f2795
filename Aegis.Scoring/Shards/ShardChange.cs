using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Shards;

/// <summary>A shard that is to be read from now on, or no more.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="TakenOver">Its worker; null where reading ends.</param>
internal readonly record struct ShardChange(int Shard, ShardWorker? TakenOver);

using System.Collections.Concurrent;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Streams.Leases;
using Aegis.Streams.Redis;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Shards;

/// <summary>A shard that is to be read from now on, or no more.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="TakenOver">Its worker; null where reading ends.</param>
internal readonly record struct ShardChange(int Shard, ShardWorker? TakenOver);

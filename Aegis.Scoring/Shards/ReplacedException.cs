using System.Collections.Concurrent;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Streams.Leases;
using Aegis.Streams.Redis;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Shards;

/// <summary>A later start of this very instance has taken its leases.</summary>
internal sealed class ReplacedException(string token)
    : Exception($"Another process runs as this instance ({token}): this one stops. Give each its own Scoring:Instance.");

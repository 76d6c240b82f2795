using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Shards;

/// <summary>A later start of this same instance has taken its leases.</summary>
internal sealed class ReplacedException(string token)
    : Exception($"Another process runs as this instance ({token}): this one stops. Give each its own Scoring:Instance.");

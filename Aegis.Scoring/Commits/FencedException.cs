using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Commits;

/// <summary>The store refuses a process's decisions for a shard: another process has taken the shard over, or has
/// decided one of its ids first.</summary>
internal sealed class FencedException(
    int shard, string reason = "was taken over by another scoring process, or its position is not where this process left it")
    : Exception($"Shard {shard} {reason}.")
{
    /// <summary>The shard.</summary>
    public int Shard { get; } = shard;
}

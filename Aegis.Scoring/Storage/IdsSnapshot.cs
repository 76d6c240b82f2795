using Aegis.Scoring.Commits;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>The ids of a shard as of its last snapshot.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="State">The beginning and the end of the list.</param>
/// <param name="Parts">The list, in order.</param>
/// <param name="Decisions">A sequence below that of every decision after the snapshot.</param>
internal sealed record IdsSnapshot(int Shard, IdsState State, IReadOnlyList<byte[]> Parts, long Decisions);

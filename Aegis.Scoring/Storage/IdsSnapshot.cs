using Aegis.Scoring.Commits;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>The ids of a shard as of its last snapshot.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="State">Where the list begins and ends.</param>
/// <param name="Parts">The list, in order.</param>
/// <param name="Decisions">A sequence that all decisions after the snapshot exceed.</param>
internal sealed record IdsSnapshot(int Shard, IdsState State, IReadOnlyList<byte[]> Parts, long Decisions);

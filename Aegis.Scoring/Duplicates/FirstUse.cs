using Aegis.Core.Decisions;

namespace Aegis.Scoring.Duplicates;

/// <summary>The shard and position where an id was decided first, and the hash of its content then.</summary>
internal readonly record struct FirstUse(int Shard, LogPosition Position, uint Content);

using Aegis.Core.Decisions;

namespace Aegis.Scoring.Duplicates;

/// <summary>Where an id was decided first, and on what content.</summary>
internal readonly record struct FirstUse(int Shard, LogPosition Position, uint Content);

using Aegis.Core.Decisions;

namespace Aegis.Streams.Reading;

/// <summary>The extent of a shard's log.</summary>
/// <param name="First">Its first entry; null if it has none.</param>
/// <param name="IsTrimmed">True if entries were removed. Always false before Redis 7, which does not tell.</param>
/// <param name="Added">The number of entries ever appended; null if there is no log, and before Redis 7.</param>
/// <param name="ForgedId">The last id if it is above all positions, so that nobody can append after it; null if all is well. The rest is
/// not known then.</param>
public readonly record struct LogExtent(LogPosition? First, bool IsTrimmed, long? Added = null, string? ForgedId = null)
{
    /// <summary>True if every entry after a position is still there. The position must be that of an entry read, or the start.</summary>
    public bool HoldsAllAfter(LogPosition position) => position == LogPosition.Start ? !IsTrimmed : First is { } first && first <= position;
}

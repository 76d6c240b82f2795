using Aegis.Core.Decisions;

namespace Aegis.Streams.Reading;

/// <summary>What a shard's log still holds.</summary>
/// <param name="First">Its first entry; null where there is none.</param>
/// <param name="IsTrimmed">True where entries were removed; always false before Redis 7, which does not tell.</param>
public readonly record struct LogExtent(LogPosition? First, bool IsTrimmed)
{
    /// <summary>True where every entry after a position is still there; the position is that of an entry that was read, or the
    /// start.</summary>
    public bool HoldsAllAfter(LogPosition position) => position == LogPosition.Start ? !IsTrimmed : First is { } first && first <= position;
}

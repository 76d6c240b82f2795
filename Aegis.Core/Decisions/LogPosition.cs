using System.Buffers.Text;

namespace Aegis.Core.Decisions;

/// <summary>An entry's place in its shard's log: a Redis stream id.</summary>
/// <param name="Milliseconds">The stamp given by Redis, Unix milliseconds.</param>
/// <param name="Sequence">The number within the millisecond.</param>
public readonly record struct LogPosition(long Milliseconds, long Sequence) : IComparable<LogPosition>
{
    /// <summary>The position before the first entry.</summary>
    public static LogPosition Start => default;

    // 31 December 9999. The limit matters because entries may be appended by hand under any id.
    private const long LastMilliseconds = 253_402_300_799_999;

    /// <summary>The append time.</summary>
    public DateTimeOffset AppendedAt => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(Milliseconds, 0, LastMilliseconds));

    /// <summary>Reads a position such as <c>1700000000000-3</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out LogPosition position)
    {
        var dash = text.IndexOf('-');
        position = default;
        if (dash < 0 || !long.TryParse(text[..dash], out var milliseconds) || !long.TryParse(text[(dash + 1)..], out var sequence))
        {
            return false;
        }

        position = new LogPosition(milliseconds, sequence);
        return true;
    }

    /// <summary>Reads a position in ASCII.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out LogPosition position)
    {
        position = default;
        if (!Utf8Parser.TryParse(text, out long milliseconds, out var used) || used >= text.Length || text[used] != (byte)'-'
            || !Utf8Parser.TryParse(text[(used + 1)..], out long sequence, out var rest) || used + 1 + rest != text.Length)
        {
            return false;
        }

        position = new LogPosition(milliseconds, sequence);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(LogPosition other) =>
        Milliseconds != other.Milliseconds ? Milliseconds.CompareTo(other.Milliseconds) : Sequence.CompareTo(other.Sequence);

    /// <summary>True if <paramref name="left"/> stands before <paramref name="right"/>.</summary>
    public static bool operator <(LogPosition left, LogPosition right) => left.CompareTo(right) < 0;

    /// <summary>True if <paramref name="left"/> stands after <paramref name="right"/>.</summary>
    public static bool operator >(LogPosition left, LogPosition right) => left.CompareTo(right) > 0;

    /// <summary>True if <paramref name="left"/> does not stand after <paramref name="right"/>.</summary>
    public static bool operator <=(LogPosition left, LogPosition right) => left.CompareTo(right) <= 0;

    /// <summary>True if <paramref name="left"/> does not stand before <paramref name="right"/>.</summary>
    public static bool operator >=(LogPosition left, LogPosition right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Milliseconds}-{Sequence}";
}

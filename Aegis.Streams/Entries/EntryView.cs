using System.Buffers.Binary;
using System.Text;

namespace Aegis.Streams.Entries;

/// <summary>The binary form of a log entry in a buffer: its head, then one transaction after another.</summary>
/// <remarks>
/// Version byte 1; flags byte (1 history, 2 reply, 4 producer); produced-at, Unix microseconds, int64; trace parent as
/// text; with flag 2, the reply stream as text; with flag 4, the producer's name as text; then transactions to the end.
/// </remarks>
public ref struct EntryView
{
    internal const byte Version = 1;
    internal const byte HistoryFlag = 1;
    internal const byte ReplyFlag = 2;
    internal const byte ProducerFlag = 4;
    private const byte AllFlags = HistoryFlag | ReplyFlag | ProducerFlag;
    private const long LastMicrosecond = 253_402_300_799_999_999;

    private ReadOnlySpan<byte> _rest;
    private readonly ReadOnlySpan<byte> _traceParent;
    private readonly ReadOnlySpan<byte> _replyTo;

    /// <summary>Reads the head.</summary>
    /// <exception cref="MessageFormatException">It is not an entry of this version, is cut short, or has no transaction.</exception>
    public EntryView(ReadOnlySpan<byte> bytes)
    {
        _rest = bytes;
        var version = Take(1)[0];
        if (version != Version)
        {
            throw new MessageFormatException($"The entry has message version {version}; allowed: {Version}.");
        }

        var flags = Take(1)[0];
        if ((flags & ~AllFlags) != 0)
        {
            throw new MessageFormatException($"The entry has flags {flags}; allowed: 0 to {AllFlags}.");
        }

        IsHistory = (flags & HistoryFlag) != 0;
        ProducedAtMicroseconds = BinaryPrimitives.ReadInt64LittleEndian(Take(8));
        if (ProducedAtMicroseconds is < 0 or > LastMicrosecond)
        {
            throw new MessageFormatException(
                $"The entry was produced at {ProducedAtMicroseconds} µs; allowed: a time of the years 1970 to 9999.");
        }

        _traceParent = Take(Take(1)[0]);
        _replyTo = (flags & ReplyFlag) != 0 ? Take(Take(1)[0]) : default;
        Producer = (flags & ProducerFlag) != 0 ? Take(Take(1)[0]) : default;
        if (_rest.IsEmpty)
        {
            throw new MessageFormatException("The entry holds no transaction; allowed: one and more.");
        }
    }

    /// <summary>True if the transactions feed histories and are not decided.</summary>
    public bool IsHistory { get; }

    /// <summary>When the producer made the entry, Unix microseconds.</summary>
    public long ProducedAtMicroseconds { get; }

    /// <summary>The producer's name, ASCII; empty if it gave none.</summary>
    public ReadOnlySpan<byte> Producer { get; }

    /// <summary>True if no transaction is left.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>True if there is a <see cref="TraceParent"/> or a <see cref="ReplyTo"/>.</summary>
    public readonly bool HasCaller => !_traceParent.IsEmpty || !_replyTo.IsEmpty;

    /// <summary>The caller's W3C trace context; null if there is none.</summary>
    public readonly string? TraceParent => _traceParent.IsEmpty ? null : Encoding.ASCII.GetString(_traceParent);

    /// <summary>The stream on which a caller in another process awaits the decision; null if nobody does.</summary>
    public readonly string? ReplyTo => _replyTo.IsEmpty ? null : Encoding.ASCII.GetString(_replyTo);

    /// <summary>Reads the next transaction.</summary>
    /// <exception cref="MessageFormatException">The transaction is cut short or out of range.</exception>
    public TransactionView Next()
    {
        var transaction = new TransactionView(_rest);
        _rest = _rest[transaction.Body.Length..];
        return transaction;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (_rest.Length < length)
        {
            throw MessageFormatException.CutShort(length, _rest.Length);
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}

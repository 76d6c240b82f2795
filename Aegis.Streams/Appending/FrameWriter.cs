using System.Buffers;
using Aegis.Core.Transactions;
using Aegis.Streams.Entries;

namespace Aegis.Streams.Appending;

/// <summary>Writes transactions of one shard, in order, into log entries of one or several transactions.</summary>
/// <param name="largestFrame">The most transactions to decide in one entry, 1 and more. Only <see cref="MaxBytes"/>
/// limits histories.</param>
/// <param name="producer">The producer's name, at most 255 ASCII characters; null if it has none.</param>
public sealed class FrameWriter(int largestFrame, string? producer = null)
{
    /// <summary>An entry ends with the transaction that brings it to this size. Readers ask for hundreds of entries at
    /// once, so this keeps their replies small.</summary>
    public const int MaxBytes = 16 << 10;

    private readonly List<byte[]> _entries = [];
    private readonly ArrayBufferWriter<byte> _frame = new(512);
    private bool _isHistory;
    private int _count;

    /// <summary>Adds a transaction.</summary>
    /// <param name="transaction">A transaction of this shard.</param>
    /// <param name="isHistory">True if it feeds histories and is not decided.</param>
    /// <param name="producedAt">When it was made, UTC. An entry carries the time of its first transaction.</param>
    public void Add(Transaction transaction, bool isHistory, DateTimeOffset producedAt)
    {
        if (_count > 0 && isHistory != _isHistory)
        {
            Close();
        }

        if (_count == 0)
        {
            _isHistory = isHistory;
            MessageCodec.WriteHead(_frame, isHistory, producedAt, traceParent: null, replyTo: null, producer);
        }

        MessageCodec.Write(_frame, isHistory ? OfHistory(transaction) : transaction);
        _count++;
        if (_frame.WrittenCount >= MaxBytes || (!isHistory && _count >= largestFrame))
        {
            Close();
        }
    }

    /// <summary>The entries so far. The next transaction begins a new entry.</summary>
    public IReadOnlyList<byte[]> Finish()
    {
        if (_count > 0)
        {
            Close();
        }

        return _entries;
    }

    /// <summary>What histories need of a transaction: no address and no texts for people, coordinates in single precision, and times
    /// to the second.</summary>
    private static Transaction OfHistory(Transaction transaction) => transaction with
    {
        EventTime = DateTimeOffset.FromUnixTimeSeconds(transaction.EventTime.ToUnixTimeSeconds()),
        IpAddress = null,
        MerchantName = null,
        Metadata = null,
        Latitude = (float?)transaction.Latitude,
        Longitude = (float?)transaction.Longitude,
    };

    private void Close()
    {
        // Histories are many times as long as what is decided, and read but once.
        _entries.Add(_isHistory ? PackedEntry.Pack(_frame.WrittenSpan) : _frame.WrittenSpan.ToArray());
        _frame.ResetWrittenCount();
        _count = 0;
    }
}

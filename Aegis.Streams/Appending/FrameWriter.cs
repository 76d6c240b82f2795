using System.Buffers;
using Aegis.Core.Transactions;
using Aegis.Streams.Entries;

namespace Aegis.Streams.Appending;

/// <summary>Writes transactions of one shard, in order, into entries of one or several.</summary>
/// <param name="largestFrame">The most transactions to decide in one entry, 1 and more; histories are bounded by <see cref="MaxBytes"/>
/// alone.</param>
/// <param name="producer">Who makes the entries, at most 255 ASCII characters; null where it has no name.</param>
public sealed class FrameWriter(int largestFrame, string? producer = null)
{
    /// <summary>An entry ends with the transaction that brings it to this size, so that readers, who ask for hundreds of entries at once,
    /// get replies of a bearable size.</summary>
    public const int MaxBytes = 16 << 10;

    private readonly List<byte[]> _entries = [];
    private readonly ArrayBufferWriter<byte> _frame = new(512);
    private bool _isHistory;
    private int _count;

    /// <summary>Adds a transaction.</summary>
    /// <param name="transaction">Of this shard.</param>
    /// <param name="isHistory">True where it feeds histories and is not decided.</param>
    /// <param name="producedAt">When it was made, UTC; an entry bears that of its first.</param>
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

        MessageCodec.Write(_frame, transaction);
        _count++;
        if (_frame.WrittenCount >= MaxBytes || (!isHistory && _count >= largestFrame))
        {
            Close();
        }
    }

    /// <summary>The entries so far; what comes next begins another.</summary>
    public IReadOnlyList<byte[]> Finish()
    {
        if (_count > 0)
        {
            Close();
        }

        return _entries;
    }

    private void Close()
    {
        _entries.Add(_frame.WrittenSpan.ToArray());
        _frame.ResetWrittenCount();
        _count = 0;
    }
}

using System.Buffers.Binary;

namespace Aegis.Streams.Entries;

/// <summary>A label as it stands in a log entry.</summary>
/// <remarks>Version byte 1; verdict byte, 1 fraud or 0 genuine; when it became known, Unix milliseconds, int64,
/// little-endian; then the transaction, see <see cref="TransactionView"/>, to the end.</remarks>
public readonly ref struct LabelView
{
    /// <summary>The entry field that holds it.</summary>
    public const string Field = "label";

    internal const byte Version = 1;
    internal const int HeadBytes = 2 + sizeof(long);

    /// <summary>Reads a label.</summary>
    /// <exception cref="MessageFormatException">It is not a label of this version, is cut short, or has bytes after it.</exception>
    public LabelView(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadBytes)
        {
            throw MessageFormatException.CutShort(HeadBytes, bytes.Length);
        }

        if (bytes[0] != Version || bytes[1] > 1)
        {
            throw new MessageFormatException(
                $"The label has message version {bytes[0]} and verdict {bytes[1]}; allowed: version {Version}, verdict 0 or 1.");
        }

        IsFraud = bytes[1] == 1;
        LabelledAtMs = BinaryPrimitives.ReadInt64LittleEndian(bytes[2..]);
        Transaction = new TransactionView(bytes[HeadBytes..]);
        if (HeadBytes + Transaction.Body.Length < bytes.Length)
        {
            throw new MessageFormatException(
                $"{bytes.Length - HeadBytes - Transaction.Body.Length} bytes follow the label's transaction; allowed: none.");
        }
    }

    /// <summary>The verdict.</summary>
    public bool IsFraud { get; }

    /// <summary>When it became known, Unix milliseconds.</summary>
    public long LabelledAtMs { get; }

    /// <summary>The transaction that it is about.</summary>
    public TransactionView Transaction { get; }

    /// <summary>Encodes a label.</summary>
    public static byte[] Encode(PaymentLabel label)
    {
        ArgumentNullException.ThrowIfNull(label);
        var body = MessageCodec.Encode(label.Transaction);
        var bytes = new byte[HeadBytes + body.Length];
        (bytes[0], bytes[1]) = (Version, label.IsFraud ? (byte)1 : (byte)0);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(2), label.LabelledAt.ToUnixTimeMilliseconds());
        body.CopyTo(bytes.AsSpan(HeadBytes));
        return bytes;
    }
}

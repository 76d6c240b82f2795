using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Aegis.Core.Transactions;

namespace Aegis.Streams.Entries;

/// <summary>Writes the binary form of log entries and stored transactions; <see cref="EntryView"/> and <see cref="TransactionView"/>
/// describe and read it.</summary>
public static class MessageCodec
{
    /// <summary>The entry field that holds the binary form.</summary>
    public const string BinaryField = "b";

    /// <summary>The entry field of producers that write JSON: one transaction as the API takes it.</summary>
    public const string JsonField = "json";

    /// <summary>Encodes an entry.</summary>
    public static byte[] Encode(LogMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var writer = new ArrayBufferWriter<byte>(160 * message.Transactions.Count);
        WriteHead(writer, message.IsHistory, message.ProducedAt, message.TraceParent, message.ReplyTo, message.Producer);
        foreach (var transaction in message.Transactions)
        {
            Write(writer, transaction);
        }

        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Encodes a transaction alone.</summary>
    public static byte[] Encode(Transaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var writer = new ArrayBufferWriter<byte>(160);
        Write(writer, transaction);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Makes an entry from one transaction of another entry.</summary>
    public static byte[] Wrap(in EntryView entry, in TransactionView transaction)
    {
        var writer = new ArrayBufferWriter<byte>(transaction.Body.Length + 16);
        WriteByte(writer, EntryView.Version);
        WriteByte(writer, entry.IsHistory ? EntryView.HistoryFlag : (byte)0);
        WriteInt64(writer, entry.ProducedAtMicroseconds);
        WriteText(writer, "");
        writer.Write(transaction.Body);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Reads an entry.</summary>
    /// <exception cref="MessageFormatException">It is not an entry of this version, or is cut short.</exception>
    public static LogMessage Decode(ReadOnlySpan<byte> bytes)
    {
        var entry = new EntryView(PackedEntry.IsPacked(bytes) ? PackedEntry.Unpack(bytes) : bytes);
        var transactions = new List<Transaction>(1);
        while (!entry.IsAtEnd)
        {
            transactions.Add(entry.Next().ToTransaction());
        }

        var producedAt = UnixTime.FromMicroseconds(entry.ProducedAtMicroseconds);
        return new LogMessage(
            transactions, entry.IsHistory, producedAt, entry.TraceParent, entry.ReplyTo, entry.Producer.IsEmpty
            ? null
            : Encoding.ASCII.GetString(entry.Producer));
    }

    /// <summary>Reads a transaction that was encoded alone.</summary>
    /// <exception cref="MessageFormatException">The bytes are cut short.</exception>
    public static Transaction DecodeTransaction(ReadOnlySpan<byte> bytes) => new TransactionView(bytes).ToTransaction();

    /// <summary>Writes the head of an entry, before its transactions.</summary>
    internal static void WriteHead(
        ArrayBufferWriter<byte> writer, bool isHistory, DateTimeOffset producedAt, string? traceParent, string? replyTo, string? producer)
    {
        WriteByte(writer, EntryView.Version);
        WriteByte(writer, (byte)(
            (isHistory ? EntryView.HistoryFlag : 0) | (replyTo is null ? 0 : EntryView.ReplyFlag) | (
                producer is null ? 0 : EntryView.ProducerFlag)));
        WriteInt64(writer, UnixTime.ToMicroseconds(producedAt));
        WriteText(writer, traceParent ?? "");
        if (replyTo is not null)
        {
            WriteText(writer, replyTo);
        }

        if (producer is not null)
        {
            WriteText(writer, producer);
        }
    }

    /// <summary>Writes a transaction.</summary>
    internal static void Write(ArrayBufferWriter<byte> writer, Transaction t)
    {
        var flags = (t.Latitude.HasValue ? TransactionView.PlaceFlag : 0) | (t.DeviceId is null ? 0 : TransactionView.DeviceFlag)
            | (t.IpAddress is null ? 0 : TransactionView.AddressFlag)
            | (t.CardBin is null && t.CardLastFour is null ? 0 : TransactionView.NumberFlag)
            | (t.Kind == PaymentKind.Purchase ? 0 : TransactionView.KindFlag)
            | (t.Authorisation is null ? 0 : TransactionView.AuthorisationFlag)
            | (t.MerchantName is null ? 0 : TransactionView.NameFlag) | (t.Metadata is null ? 0 : TransactionView.MetadataFlag);
        WriteByte(writer, (byte)flags);
        WriteInt64(writer, t.EventTime.ToUnixTimeMilliseconds());
        WriteInt64(writer, t.AmountMinor);
        BinaryPrimitives.WriteUInt16LittleEndian(writer.GetSpan(2), (ushort)t.Mcc);
        writer.Advance(2);
        WriteByte(writer, (byte)t.Channel);
        WriteAscii(writer, t.Currency);
        WriteAscii(writer, t.Country);
        WriteText(writer, t.Id);
        WriteText(writer, t.CardToken);
        WriteText(writer, t.MerchantId);
        if (t.Latitude is { } latitude)
        {
            WriteInt64(writer, BitConverter.DoubleToInt64Bits(latitude));
            WriteInt64(writer, BitConverter.DoubleToInt64Bits(t.Longitude ?? 0));
        }

        if (t.DeviceId is { } device)
        {
            WriteText(writer, device);
        }

        if (t.IpAddress is { } address)
        {
            WriteText(writer, address);
        }

        if ((t.CardBin ?? t.CardLastFour) is not null)
        {
            WriteText(writer, t.CardBin ?? "");
            WriteText(writer, t.CardLastFour ?? "");
        }

        WriteRest(writer, t);
    }

    private static void WriteRest(ArrayBufferWriter<byte> writer, Transaction t)
    {
        if (t.Kind != PaymentKind.Purchase)
        {
            WriteByte(writer, (byte)t.Kind);
        }

        if (t.Authorisation is { } authorisation)
        {
            WriteByte(writer, (byte)authorisation);
            WriteByte(writer, t.DeclineReason is { } reason ? (byte)reason : TransactionView.NoReason);
        }

        if (t.MerchantName is { } name)
        {
            WriteUnicode(writer, name);
        }

        if (t.Metadata is { } metadata)
        {
            WriteUnicode(writer, metadata);
        }
    }

    private static void WriteByte(ArrayBufferWriter<byte> writer, byte value)
    {
        writer.GetSpan(1)[0] = value;
        writer.Advance(1);
    }

    private static void WriteInt64(ArrayBufferWriter<byte> writer, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(writer.GetSpan(8), value);
        writer.Advance(8);
    }

    private static void WriteText(ArrayBufferWriter<byte> writer, string text)
    {
        WriteByte(writer, checked((byte)text.Length));
        WriteAscii(writer, text);
    }

    private static void WriteUnicode(ArrayBufferWriter<byte> writer, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteUInt16LittleEndian(writer.GetSpan(2), checked((ushort)length));
        writer.Advance(2);
        writer.Advance(Encoding.UTF8.GetBytes(text, writer.GetSpan(length)));
    }

    private static void WriteAscii(ArrayBufferWriter<byte> writer, string text) =>
        writer.Advance(Encoding.ASCII.GetBytes(text, writer.GetSpan(text.Length)));
}

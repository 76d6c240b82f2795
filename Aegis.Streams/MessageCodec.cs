using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Aegis.Core.Transactions;

namespace Aegis.Streams;

/// <summary>The binary form of log entries and stored transactions.</summary>
/// <remarks>
/// Entry: version byte 1; flags byte (1 history); produced-at, Unix microseconds, int64; trace parent as text; then transactions to the end.
/// Transaction: flags byte (1 place, 2 device, 4 address, 8 card number parts); event time, Unix milliseconds, int64; amount int64;
/// category code uint16; channel byte; currency 3 bytes; country 2 bytes; id, card token, merchant as texts; then what the flags announce.
/// Numbers are little-endian; a text is a length byte and ASCII.
/// </remarks>
public static class MessageCodec
{
    /// <summary>The entry field that holds the binary form.</summary>
    public const string BinaryField = "b";

    /// <summary>The entry field of producers that prefer JSON: one transaction as the API takes it.</summary>
    public const string JsonField = "json";

    private const byte Version = 1;
    private const byte HistoryFlag = 1;
    private const byte PlaceFlag = 1;
    private const byte DeviceFlag = 2;
    private const byte AddressFlag = 4;
    private const byte NumberFlag = 8;

    /// <summary>Encodes an entry.</summary>
    public static byte[] Encode(LogMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var writer = new ArrayBufferWriter<byte>(128 * message.Transactions.Count);
        WriteByte(writer, Version);
        WriteByte(writer, message.IsHistory ? HistoryFlag : (byte)0);
        WriteInt64(writer, (message.ProducedAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        WriteText(writer, message.TraceParent ?? "");
        foreach (var transaction in message.Transactions)
        {
            Write(writer, transaction);
        }

        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Encodes a transaction alone.</summary>
    public static byte[] Encode(Transaction transaction)
    {
        var writer = new ArrayBufferWriter<byte>(128);
        Write(writer, transaction);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Reads an entry.</summary>
    /// <exception cref="MessageFormatException">Not an entry of this version, or cut short.</exception>
    public static LogMessage Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new Reader(bytes);
        var version = reader.Byte();
        if (version != Version)
        {
            throw new MessageFormatException($"The entry has message version {version}; allowed: {Version}.");
        }

        var flags = reader.Byte();
        var microseconds = reader.Int64();
        if (microseconds is < 0 or > 253_402_300_799_999_999)
        {
            throw new MessageFormatException($"The entry was produced at {microseconds} µs; allowed: a time of the years 1970 to 9999.");
        }

        var traceParent = reader.Text();
        var transactions = new List<Transaction>(1);
        while (!reader.IsAtEnd)
        {
            transactions.Add(reader.Transaction());
        }

        var isHistory = (flags & HistoryFlag) != 0;
        if (transactions.Count == 0 || (transactions.Count > 1 && !isHistory))
        {
            throw new MessageFormatException($"The entry holds {transactions.Count} transactions; allowed: exactly one to decide, or one and more of history.");
        }

        return new LogMessage(
            transactions, isHistory, DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond), traceParent.Length == 0 ? null : traceParent);
    }

    /// <summary>Reads a transaction that was encoded alone.</summary>
    /// <exception cref="MessageFormatException">Cut short.</exception>
    public static Transaction DecodeTransaction(ReadOnlySpan<byte> bytes) => new Reader(bytes).Transaction();

    private static void Write(ArrayBufferWriter<byte> writer, Transaction t)
    {
        var flags = (t.Latitude.HasValue ? PlaceFlag : 0) | (t.DeviceId is null ? 0 : DeviceFlag) | (t.IpAddress is null ? 0 : AddressFlag) | (t.CardBin is null ? 0 : NumberFlag);
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

        if (t.CardBin is { } bin)
        {
            WriteText(writer, bin);
            WriteText(writer, t.CardLastFour ?? "");
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

    private static void WriteAscii(ArrayBufferWriter<byte> writer, string text) =>
        writer.Advance(Encoding.ASCII.GetBytes(text, writer.GetSpan(text.Length)));

    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public readonly bool IsAtEnd => _rest.IsEmpty;

        public byte Byte() => Take(1)[0];

        public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

        public string Text() => Ascii(Byte());

        public Transaction Transaction()
        {
            var flags = Byte();
            var milliseconds = Int64();
            if (milliseconds is < -62_135_596_800_000 or > 253_402_300_799_999)
            {
                throw new MessageFormatException($"An event time of {milliseconds} ms; allowed: a time of the years 1 to 9999.");
            }

            var transaction = new Transaction
            {
                EventTime = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds),
                AmountMinor = Int64(),
                Mcc = BinaryPrimitives.ReadUInt16LittleEndian(Take(2)),
                Channel = (Channel)Byte(),
                Currency = Ascii(3),
                Country = Ascii(2),
                Id = Text(),
                CardToken = Text(),
                MerchantId = Text(),
            };
            if ((flags & PlaceFlag) != 0)
            {
                transaction = transaction with { Latitude = BitConverter.Int64BitsToDouble(Int64()), Longitude = BitConverter.Int64BitsToDouble(Int64()) };
            }

            if ((flags & (DeviceFlag | AddressFlag | NumberFlag)) == 0)
            {
                return transaction;
            }

            return transaction with
            {
                DeviceId = (flags & DeviceFlag) != 0 ? Text() : null,
                IpAddress = (flags & AddressFlag) != 0 ? Text() : null,
                CardBin = (flags & NumberFlag) != 0 ? Text() : null,
                CardLastFour = (flags & NumberFlag) != 0 ? Text() : null,
            };
        }

        private string Ascii(int length) => Encoding.ASCII.GetString(Take(length));

        private ReadOnlySpan<byte> Take(int length)
        {
            if (_rest.Length < length)
            {
                throw new MessageFormatException($"The entry is cut short: {length} more bytes were announced, {_rest.Length} are there.");
            }

            var taken = _rest[..length];
            _rest = _rest[length..];
            return taken;
        }
    }
}

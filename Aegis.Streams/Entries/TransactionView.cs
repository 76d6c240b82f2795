using System.Buffers.Binary;
using System.Text;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Streams.Entries;

/// <summary>A transaction in a buffer, read without making objects. The hot path works on it.</summary>
/// <remarks>
/// Flags byte (1 place, 2 device, 4 address, 8 card number parts); event time, Unix milliseconds, int64; amount int64;
/// category code uint16; channel byte; currency 3 bytes; country 2 bytes; id, card token, merchant as texts; then what the flags announce.
/// Numbers are little-endian; a text is a length byte and ASCII.
/// </remarks>
public readonly ref struct TransactionView
{
    internal const byte PlaceFlag = 1;
    internal const byte DeviceFlag = 2;
    internal const byte AddressFlag = 4;
    internal const byte NumberFlag = 8;
    private const byte AllFlags = PlaceFlag | DeviceFlag | AddressFlag | NumberFlag;

    private readonly byte _flags;
    private readonly double _latitude;
    private readonly double _longitude;

    /// <summary>Reads a transaction from the beginning of <paramref name="bytes"/>; <see cref="Body"/> holds the part
    /// that it takes.</summary>
    /// <exception cref="MessageFormatException">The transaction is cut short or out of range.</exception>
    public TransactionView(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes;
        _flags = Take(ref rest, 1)[0];
        if ((_flags & ~AllFlags) != 0)
        {
            throw new MessageFormatException($"A transaction has flags {_flags}; allowed: 0 to {AllFlags}.");
        }

        EventTimeMs = BinaryPrimitives.ReadInt64LittleEndian(Take(ref rest, 8));
        if (EventTimeMs is < -62_135_596_800_000 or > 253_402_300_799_999)
        {
            throw new MessageFormatException($"An event time of {EventTimeMs} ms; allowed: a time of the years 1 to 9999.");
        }

        AmountMinor = BinaryPrimitives.ReadInt64LittleEndian(Take(ref rest, 8));
        Mcc = BinaryPrimitives.ReadUInt16LittleEndian(Take(ref rest, 2));
        Channel = (Channel)Take(ref rest, 1)[0];
        Currency = Take(ref rest, 3);
        Country = Take(ref rest, 2);
        Id = Text(ref rest);
        CardToken = Text(ref rest);
        MerchantId = Text(ref rest);
        if (HasPlace)
        {
            _latitude = BinaryPrimitives.ReadDoubleLittleEndian(Take(ref rest, 8));
            _longitude = BinaryPrimitives.ReadDoubleLittleEndian(Take(ref rest, 8));
        }

        DeviceId = HasDevice ? Text(ref rest) : default;
        IpAddress = HasAddress ? Text(ref rest) : default;
        CardBin = HasNumberParts ? Text(ref rest) : default;
        CardLastFour = HasNumberParts ? Text(ref rest) : default;
        Body = bytes[..^rest.Length];
    }

    /// <summary>All bytes of the transaction.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>Event time, Unix milliseconds.</summary>
    public long EventTimeMs { get; }

    /// <summary>The id.</summary>
    public ReadOnlySpan<byte> Id { get; }

    /// <summary>The card's token.</summary>
    public ReadOnlySpan<byte> CardToken { get; }

    /// <summary>The country's alpha-2 code.</summary>
    public ReadOnlySpan<byte> Country { get; }

    private long AmountMinor { get; }

    private int Mcc { get; }

    private Channel Channel { get; }

    private ReadOnlySpan<byte> Currency { get; }

    private ReadOnlySpan<byte> MerchantId { get; }

    private ReadOnlySpan<byte> DeviceId { get; }

    private ReadOnlySpan<byte> IpAddress { get; }

    private ReadOnlySpan<byte> CardBin { get; }

    private ReadOnlySpan<byte> CardLastFour { get; }

    private bool HasPlace => (_flags & PlaceFlag) != 0;

    private bool HasDevice => (_flags & DeviceFlag) != 0;

    private bool HasAddress => (_flags & AddressFlag) != 0;

    private bool HasNumberParts => (_flags & NumberFlag) != 0;

    /// <summary>The transaction as an object.</summary>
    public Transaction ToTransaction() => new()
    {
        EventTime = DateTimeOffset.FromUnixTimeMilliseconds(EventTimeMs),
        AmountMinor = AmountMinor,
        Mcc = Mcc,
        Channel = Channel,
        Currency = Ascii(Currency),
        Country = Ascii(Country),
        Id = Ascii(Id),
        CardToken = Ascii(CardToken),
        MerchantId = Ascii(MerchantId),
        Latitude = HasPlace ? _latitude : null,
        Longitude = HasPlace ? _longitude : null,
        DeviceId = HasDevice ? Ascii(DeviceId) : null,
        IpAddress = HasAddress ? Ascii(IpAddress) : null,
        CardBin = HasNumberParts ? Ascii(CardBin) : null,
        CardLastFour = HasNumberParts ? Ascii(CardLastFour) : null,
    };

    /// <summary>The payment that histories and features are computed from. Call it only for a valid transaction.</summary>
    /// <param name="rates">The rates that make amounts comparable.</param>
    /// <param name="cardHash"><see cref="StableHash"/> of the card token.</param>
    public Payment ToPayment(CurrencyRates rates, ulong cardHash) => new(
        EventTimeMs, rates.ToReference(AmountMinor, Currency), Mcc, Channel, RecentPayment.Pack(Country), cardHash,
        StableHash.Hash64(MerchantId), HasDevice ? StableHash.Hash64(DeviceId) : null,
        HasPlace ? (_latitude, _longitude) : null, Payment.BinOf(CardBin));

    /// <summary>True only if <see cref="TransactionValidator"/> would find no fault. If false, ask the validator: rare
    /// shapes are left to it.</summary>
    /// <param name="nowMs">The clock that event times are checked against, Unix milliseconds.</param>
    public bool IsPlainlyValid(long nowMs) =>
        TransactionRules.IsId(Id) && !CardNumbers.MayStandIn(Id)
        && IsPlainIdentifier(CardToken) && IsPlainIdentifier(MerchantId) && (!HasDevice || IsPlainIdentifier(DeviceId))
        && TransactionRules.IsEventTime(EventTimeMs, nowMs)
        && TransactionRules.IsAmount(AmountMinor)
        && TransactionRules.IsMcc(Mcc) && TransactionRules.IsChannel(Channel)
        && Currencies.IsKnown(Currency) && Countries.IsKnown(Country)
        && (!HasPlace || IsPlace(_latitude, _longitude))
        && (!HasAddress || IsPlainIPv4(IpAddress))
        && (!HasNumberParts || IsNumberParts(CardBin, CardLastFour));

    private static bool IsPlainIdentifier(ReadOnlySpan<byte> text) =>
        TransactionRules.IsIdentifier(text) && !CardNumbers.MayStandIn(text);

    private static bool IsPlace(double latitude, double longitude) =>
        TransactionRules.IsWithin(latitude, TransactionRules.MaxLatitude)
        && TransactionRules.IsWithin(longitude, TransactionRules.MaxLongitude);

    private static bool IsNumberParts(ReadOnlySpan<byte> bin, ReadOnlySpan<byte> lastFour) =>
        TransactionRules.IsDigits(bin, TransactionRules.CardBinLength)
        && TransactionRules.IsDigits(lastFour, TransactionRules.CardLastFourLength);

    private static bool IsPlainIPv4(ReadOnlySpan<byte> text)
    {
        var (parts, value, digits) = (1, 0, 0);
        foreach (var c in text)
        {
            if (c == '.')
            {
                (parts, value, digits) = digits == 0 ? (9, 0, 0) : (parts + 1, 0, 0);
            }
            else if (c is >= (byte)'0' and <= (byte)'9' && (digits == 0 || value > 0))
            {
                (value, digits) = ((value * 10) + c - '0', digits + 1);
            }
            else
            {
                return false;
            }

            if (value > 255)
            {
                return false;
            }
        }

        return parts == 4 && digits > 0;
    }

    private static string Ascii(ReadOnlySpan<byte> text) => Encoding.ASCII.GetString(text);

    private static ReadOnlySpan<byte> Text(scoped ref ReadOnlySpan<byte> rest) => Take(ref rest, Take(ref rest, 1)[0]);

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> rest, int length)
    {
        if (rest.Length < length)
        {
            throw MessageFormatException.CutShort(length, rest.Length);
        }

        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}

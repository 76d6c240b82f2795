using System.Buffers.Binary;
using System.Text;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Streams.Entries;

/// <summary>A transaction in a buffer, read without making objects. The hot path works on it.</summary>
/// <remarks>
/// Flags byte (1 place, 2 device, 4 address, 8 card number parts, 16 kind, 32 authorisation, 64 merchant's name, 128 metadata); event
/// time, Unix milliseconds, int64; amount int64; category code uint16; channel byte; currency 3 bytes; country 2 bytes; id, card token,
/// merchant as texts; then what the flags announce. Kind is a byte, 0 unless announced; authorisation is a byte and a byte for the
/// reason, 255 for none. Numbers are little-endian; a text is a length byte and ASCII; name and metadata are a length, uint16, and UTF-8.
/// </remarks>
public readonly ref struct TransactionView
{
    internal const byte PlaceFlag = 1;
    internal const byte DeviceFlag = 2;
    internal const byte AddressFlag = 4;
    internal const byte NumberFlag = 8;
    internal const byte KindFlag = 16;
    internal const byte AuthorisationFlag = 32;
    internal const byte NameFlag = 64;
    internal const byte MetadataFlag = 128;
    internal const byte NoReason = 255;

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
        Kind = HasKind ? (PaymentKind)Take(ref rest, 1)[0] : PaymentKind.Purchase;
        if (HasAuthorisation)
        {
            Authorisation = (Authorisation)Take(ref rest, 1)[0];
            var reason = Take(ref rest, 1)[0];
            DeclineReason = reason == NoReason ? null : (DeclineReason)reason;
        }

        MerchantName = HasName ? Unicode(ref rest) : default;
        Metadata = HasMetadata ? Unicode(ref rest) : default;
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

    /// <summary>The amount in the currency's minor unit.</summary>
    public long AmountMinor { get; }

    /// <summary>The merchant category code.</summary>
    public int Mcc { get; }

    /// <summary>How the card was presented.</summary>
    public Channel Channel { get; }

    /// <summary>The currency's code.</summary>
    public ReadOnlySpan<byte> Currency { get; }

    /// <summary>The merchant's id.</summary>
    public ReadOnlySpan<byte> MerchantId { get; }

    /// <summary>The device's id; empty if unknown.</summary>
    public ReadOnlySpan<byte> DeviceId { get; }

    /// <summary>The caller's address; empty if unknown.</summary>
    public ReadOnlySpan<byte> IpAddress { get; }

    /// <summary>The first six digits of the card number; empty if unknown.</summary>
    public ReadOnlySpan<byte> CardBin { get; }

    private ReadOnlySpan<byte> CardLastFour { get; }

    /// <summary>What the payment is for.</summary>
    public PaymentKind Kind { get; }

    /// <summary>What the terminal or the issuer answered; null if unknown.</summary>
    public Authorisation? Authorisation { get; }

    /// <summary>Why it was declined; null if it was not, or nobody said.</summary>
    public DeclineReason? DeclineReason { get; }

    private ReadOnlySpan<byte> MerchantName { get; }

    private ReadOnlySpan<byte> Metadata { get; }

    private bool HasPlace => (_flags & PlaceFlag) != 0;

    private bool HasDevice => (_flags & DeviceFlag) != 0;

    private bool HasAddress => (_flags & AddressFlag) != 0;

    private bool HasNumberParts => (_flags & NumberFlag) != 0;

    private bool HasKind => (_flags & KindFlag) != 0;

    private bool HasAuthorisation => (_flags & AuthorisationFlag) != 0;

    private bool HasName => (_flags & NameFlag) != 0;

    private bool HasMetadata => (_flags & MetadataFlag) != 0;

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
        CardBin = CardBin.IsEmpty ? null : Ascii(CardBin),
        CardLastFour = CardLastFour.IsEmpty ? null : Ascii(CardLastFour),
        Kind = Kind,
        Authorisation = Authorisation,
        DeclineReason = DeclineReason,
        MerchantName = HasName ? Encoding.UTF8.GetString(MerchantName) : null,
        Metadata = HasMetadata ? Encoding.UTF8.GetString(Metadata) : null,
    };

    /// <summary>The payment that histories and features are computed from. Call it only for a valid transaction.</summary>
    /// <param name="rates">The rates that make amounts comparable.</param>
    /// <param name="cardHash"><see cref="StableHash"/> of the card token.</param>
    public Payment ToPayment(CurrencyRates rates, ulong cardHash) => new(
        EventTimeMs, rates.ToReference(AmountMinor, Currency), Mcc, Channel, RecentPayment.Pack(Country), cardHash,
        StableHash.Hash64(MerchantId), HasDevice ? StableHash.Hash64(DeviceId) : null,
        HasPlace ? (_latitude, _longitude) : null, Payment.BinOf(CardBin), Kind, Refusals.Of(Authorisation, DeclineReason));

    /// <summary>True only if <see cref="TransactionValidator"/> would find no fault. If false, ask the validator: rare
    /// shapes are left to it.</summary>
    /// <param name="nowMs">The clock that event times are checked against, Unix milliseconds.</param>
    public bool IsPlainlyValid(long nowMs) =>
        TransactionRules.IsId(Id) && !CardNumbers.MayStandIn(Id)
        && IsPlainIdentifier(CardToken) && IsPlainIdentifier(MerchantId) && (!HasDevice || IsPlainIdentifier(DeviceId))
        && TransactionRules.IsEventTime(EventTimeMs, nowMs)
        && TransactionRules.IsAmount(AmountMinor) && TransactionRules.IsAmountOf(Kind, AmountMinor)
        && TransactionRules.IsMcc(Mcc) && TransactionRules.IsChannel(Channel)
        && Currencies.IsKnown(Currency) && Countries.IsKnown(Country)
        && (!HasPlace || IsPlace(_latitude, _longitude))
        && (!HasAddress || IsPlainIPv4(IpAddress))
        && (!HasNumberParts || IsNumberParts(CardBin, CardLastFour))
        && TransactionRules.IsKind(Kind) && (!HasAuthorisation || TransactionRules.IsAuthorisation(Authorisation, DeclineReason))
        && (!HasName || (MerchantNames.IsPlainName(MerchantName) && !CardNumbers.MayStandIn(MerchantName)))
        && !HasMetadata;

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

    private static ReadOnlySpan<byte> Unicode(scoped ref ReadOnlySpan<byte> rest) =>
        Take(ref rest, BinaryPrimitives.ReadUInt16LittleEndian(Take(ref rest, 2)));

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

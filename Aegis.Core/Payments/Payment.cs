using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Core.Payments;

/// <summary>A payment, reduced to the numbers that histories and features need.</summary>
public readonly struct Payment
{
    private const long HourMs = 3_600_000;
    private const long DayMs = 24 * HourMs;

    /// <summary>The limit of small amounts, in major units of the reference currency.</summary>
    internal const double SmallAmount = 5;

    // 1 January 1970 was a Thursday; Monday is 0.
    private const int FirstWeekday = 3;

    /// <param name="timeMs">Event time, Unix milliseconds, not before 1970.</param>
    /// <param name="amount">Major units of the reference currency; NaN where its currency has no rate.</param>
    /// <param name="mcc">Merchant category code.</param>
    /// <param name="channel">How the card was presented.</param>
    /// <param name="countryCode">See <see cref="RecentPayment.Pack(ReadOnlySpan{char})"/>.</param>
    /// <param name="cardHash"><see cref="StableHash"/> of the card token.</param>
    /// <param name="merchantHash"><see cref="StableHash"/> of the merchant id.</param>
    /// <param name="deviceHash"><see cref="StableHash"/> of the device id; null if unknown.</param>
    /// <param name="place">Degrees north and east; null if unknown.</param>
    /// <param name="bin">The first six digits of the card number, as a number; 0 if unknown.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="refusal">How it was refused before it came here.</param>
    public Payment(
        long timeMs, double amount, int mcc, Channel channel, ushort countryCode, ulong cardHash, ulong merchantHash, ulong? deviceHash,
        (double Latitude, double Longitude)? place, uint bin = 0, PaymentKind kind = PaymentKind.Purchase,
        Refusal refusal = Refusal.None)
    {
        TimeMs = timeMs;
        HasAmount = !double.IsNaN(amount);
        Amount = HasAmount ? amount : 0;
        AmountLog = Math.Log(1 + Amount);
        Category = MerchantCategories.Of(mcc);
        Channel = channel;
        CountryCode = countryCode;
        CardHash = cardHash;
        MerchantHash = merchantHash;
        MerchantKey = KeyRing.KeyOf(merchantHash);
        DeviceHash = deviceHash ?? 0;
        DeviceKey = deviceHash is { } device ? KeyRing.KeyOf(device) : 0;
        Bin = bin;
        Kind = kind;
        Refusal = refusal;
        HasPlace = place.HasValue;
        (Latitude, Longitude) = ((float)(place?.Latitude ?? 0), (float)(place?.Longitude ?? 0));
    }

    /// <summary>Makes a payment of a valid transaction.</summary>
    public static Payment Of(Transaction transaction, CurrencyRates rates) => new(
        transaction.EventTime.ToUnixTimeMilliseconds(),
        rates.ToReference(transaction.AmountMinor, transaction.Currency.AsSpan()),
        transaction.Mcc,
        transaction.Channel,
        RecentPayment.Pack(transaction.Country),
        StableHash.Hash64(transaction.CardToken),
        StableHash.Hash64(transaction.MerchantId),
        transaction.DeviceId is { } device ? StableHash.Hash64(device) : null,
        transaction is { Latitude: { } latitude, Longitude: { } longitude } ? (latitude, longitude) : null,
        BinOf(transaction.CardBin),
        transaction.Kind,
        Refusals.Of(transaction.Authorisation, transaction.DeclineReason));

    /// <summary>A BIN's six digits as a number; 0 for null and empty.</summary>
    public static uint BinOf(ReadOnlySpan<char> digits)
    {
        var bin = 0u;
        foreach (var digit in digits)
        {
            bin = (10 * bin) + digit - '0';
        }

        return bin;
    }

    /// <inheritdoc cref="BinOf(ReadOnlySpan{char})"/>
    public static uint BinOf(ReadOnlySpan<byte> digits)
    {
        var bin = 0u;
        foreach (var digit in digits)
        {
            bin = (10 * bin) + digit - '0';
        }

        return bin;
    }

    /// <summary>Event time, Unix milliseconds.</summary>
    public long TimeMs { get; }

    /// <summary>Hash of the card token.</summary>
    public ulong CardHash { get; }

    /// <summary>False where there is no rate for the currency. The amount is then 0 and is compared with nothing.</summary>
    public bool HasAmount { get; }

    internal double Amount { get; }

    internal double AmountLog { get; }

    internal MerchantCategory Category { get; }

    internal Channel Channel { get; }

    internal ushort CountryCode { get; }

    internal ulong MerchantHash { get; }

    /// <summary>The hash of the device id; 0 if unknown.</summary>
    internal ulong DeviceHash { get; }

    /// <summary>The BIN as a number; 0 if unknown.</summary>
    internal uint Bin { get; }

    internal PaymentKind Kind { get; }

    internal Refusal Refusal { get; }

    /// <summary>True if the card's owner spent an amount that can be compared: only such payments make the card's norms and
    /// habits.</summary>
    internal bool IsSpending => Kind.IsDebit() && Refusal == Refusal.None && HasAmount;

    /// <summary>See <see cref="KeyRing.KeyOf"/>.</summary>
    internal uint MerchantKey { get; }

    /// <summary>See <see cref="KeyRing.KeyOf"/>; 0 if the device is unknown.</summary>
    internal uint DeviceKey { get; }

    internal bool HasPlace { get; }

    /// <summary>True if the card itself was at a known place.</summary>
    internal bool HasTerminalPlace => HasPlace && Channel.IsCardPresent();

    /// <summary>True for an amount that thieves use to test whether a card works.</summary>
    internal bool IsSmall => Amount < SmallAmount;

    internal float Latitude { get; }

    internal float Longitude { get; }

    /// <summary>UTC days since 1970.</summary>
    internal int Day => DayOf(TimeMs);

    /// <summary>0 to 23, UTC.</summary>
    internal int Hour => (int)(TimeMs % DayMs / HourMs);

    /// <summary>0 to 24, UTC.</summary>
    internal double HourOfDay => TimeMs % DayMs / (double)HourMs;

    /// <summary>0 Monday to 6 Sunday, UTC.</summary>
    internal int DayOfWeek => (int)(((TimeMs / DayMs) + FirstWeekday) % 7);

    /// <summary>Makes a label of this payment.</summary>
    /// <param name="isFraud">True if it was fraudulent.</param>
    /// <param name="atMs">When this became known, Unix milliseconds.</param>
    public LabelledPayment Labelled(bool isFraud, long atMs) => new(CardHash, MerchantHash, DeviceHash, Bin, TimeMs, atMs, isFraud);

    /// <summary>The UTC days from 1970 to a moment not before it.</summary>
    public static int DayOf(long timeMs) => (int)(timeMs / DayMs);
}

using Aegis.Core.Transactions;

namespace Aegis.Core.Features;

/// <summary>A transaction boiled down to the numbers that histories and features need; computed once per payment.</summary>
internal readonly struct PaymentFacts
{
    public PaymentFacts(Transaction transaction, CurrencyRates rates)
    {
        TimeMs = transaction.EventTime.ToUnixTimeMilliseconds();
        Amount = rates.ToReference(transaction.AmountMinor, transaction.Currency);
        AmountLog = Math.Log(1 + Amount);
        Category = MerchantCategories.Of(transaction.Mcc);
        Channel = transaction.Channel;
        CountryCode = RecentPayment.Pack(transaction.Country);
        MerchantKey = NonZero((uint)StableHash.Hash64(transaction.MerchantId));
        DeviceKey = transaction.DeviceId is { } device ? NonZero((uint)StableHash.Hash64(device)) : 0;
        HasPlace = transaction.Latitude.HasValue;
        Latitude = (float)(transaction.Latitude ?? 0);
        Longitude = (float)(transaction.Longitude ?? 0);
        var utc = transaction.EventTime.UtcDateTime;
        Hour = utc.Hour;
        HourOfDay = utc.TimeOfDay.TotalHours;
        DayOfWeek = ((int)utc.DayOfWeek + 6) % 7;
    }

    /// <summary>Event time, Unix milliseconds.</summary>
    public long TimeMs { get; }

    /// <summary>Major units of the reference currency.</summary>
    public double Amount { get; }

    /// <summary>ln(1 + <see cref="Amount"/>).</summary>
    public double AmountLog { get; }

    public MerchantCategory Category { get; }

    public Channel Channel { get; }

    public ushort CountryCode { get; }

    /// <summary>Never 0, which marks an empty slot.</summary>
    public uint MerchantKey { get; }

    /// <summary>0 where the device is unknown.</summary>
    public uint DeviceKey { get; }

    public bool HasPlace { get; }

    public float Latitude { get; }

    public float Longitude { get; }

    /// <summary>0 to 23, UTC.</summary>
    public int Hour { get; }

    /// <summary>0 to 24, UTC.</summary>
    public double HourOfDay { get; }

    /// <summary>0 Monday to 6 Sunday, UTC.</summary>
    public int DayOfWeek { get; }

    private static uint NonZero(uint key) => key == 0 ? 1 : key;
}

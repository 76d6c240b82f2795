using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Aegis.Core.Facts;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Core.Features;

/// <summary>The memory of one card. It has a fixed size and no references, so that histories lie in flat slabs.</summary>
public struct CardHistory
{
    /// <summary>The number of recent payments kept.</summary>
    public const int RecentLength = 8;

    /// <summary>The number of payments that the card's norms remember before they start to forget.</summary>
    public const float NormMemory = 300;

    /// <summary>The number of payments that the hour habit remembers.</summary>
    public const int HabitMemory = 200;

    /// <summary>A payment further behind its card's newest than this, in milliseconds (24 hours), changes no history.</summary>
    public const long LatenessLimitMs = 86_400_000;

    private const double ExcessMemoryMs = 7 * 86_400e3;
    private const double UsualDeviation = 2;
    private const double MaxExcess = 8;

    internal int PaymentCount;
    internal int RecentNext;
    internal long NewestMs;
    internal long LastPlaceMs;
    internal float LastLatitude;
    internal float LastLongitude;
    internal float LargestAmount;
    internal int HourTotal;
    internal uint FraudVerdictSeconds;
    internal uint GenuineVerdictSeconds;
    internal RunningNorm Amount;
    internal RunningNorm AmountLog;
    internal float AmountExcess;
    internal CentreOfLife Centre;
    internal TravelSums Travel;
    internal DecayWindows Windows;
    internal HourCounts Hours;
    internal CategoryCounts CategoryPayments;
    internal CategoryCounts CategoryMeans;
    internal ChannelCounts ChannelPayments;
    internal MerchantRing Merchants;
    internal SmallRing Countries;
    internal SmallRing Devices;
    internal RecentRing Recent;
    internal CardAttempts Attempts;
    internal CardRefunds Refunds;

    /// <summary>The number of payments that spent money so far.</summary>
    public readonly int Count => PaymentCount;

    /// <summary>The card's usual amount (geometric mean) in reference major units; 0 before the first payment.</summary>
    public readonly double UsualAmount => PaymentCount == 0 ? 0 : Math.Exp(AmountLog.Mean) - 1;

    /// <summary>The card's usual amount in one category; 0 if it never paid there.</summary>
    public readonly double UsualAmountIn(MerchantCategory category) =>
        CategoryPayments[(int)category] == 0 ? 0 : Math.Exp(CategoryMeans[(int)category]) - 1;

    /// <summary>The last payments, newest first.</summary>
    public readonly RecentPayment[] RecentPayments()
    {
        var count = Math.Min(PaymentCount, RecentLength);
        var result = new RecentPayment[count];
        for (var i = 0; i < count; i++)
        {
            result[i] = Recent[(RecentNext - 1 - i + (2 * RecentLength)) % RecentLength];
        }

        return result;
    }

    /// <summary>How far a payment lies behind the card's newest, in milliseconds; 0 if it is the newest.</summary>
    internal readonly long LatenessOf(in Payment payment) => PaymentCount == 0 ? 0 : Math.Max(0, NewestMs - payment.TimeMs);

    /// <summary>The time since the payment before, in milliseconds; <paramref name="unknown"/> if none is remembered.</summary>
    internal readonly double GapMs(in Payment payment, double unknown)
    {
        if (PaymentCount == 0)
        {
            return unknown;
        }

        if (payment.TimeMs >= NewestMs)
        {
            return payment.TimeMs - NewestMs;
        }

        var before = long.MinValue;
        foreach (var recent in RecentSoFar())
        {
            before = recent.TimeMs <= payment.TimeMs ? Math.Max(before, recent.TimeMs) : before;
        }

        return before == long.MinValue ? unknown : payment.TimeMs - before;
    }

    /// <summary>The decayed counts and sums of earlier payments, at the time of this one.</summary>
    internal readonly void VelocityAt(in Payment payment, Span<double> counts, Span<double> sums)
    {
        if (LatenessOf(payment) > 0)
        {
            Windows.Before(NewestMs, payment.TimeMs, RecentSoFar(), counts, sums);
        }
        else
        {
            Windows.After(PaymentCount == 0 ? 0 : payment.TimeMs - NewestMs, counts, sums);
        }
    }

    /// <summary>The excess of amount deviations above 2, decayed over 7 days. For a moment before the newest payment,
    /// the value at that payment.</summary>
    internal readonly double AmountExcessAt(long timeMs) => AmountExcess * Math.Exp(-Math.Max(0, timeMs - NewestMs) / ExcessMemoryMs);

    /// <summary>Adds a payment that spends money. A late one counts with its true age and leaves the last place and the
    /// newest time unchanged.</summary>
    /// <param name="payment">The payment, at most <see cref="LatenessLimitMs"/> late.</param>
    /// <param name="moment">The card's state just before the payment.</param>
    internal void Add(in Payment payment, in CardMoment moment)
    {
        var lateness = LatenessOf(payment);
        // Rounded as in the ring, so that subtracting it again for a late payment leaves nothing behind.
        var amount = (float)payment.Amount;
        if (lateness > 0)
        {
            Windows.AddLate(amount, lateness);
            AmountExcess += (float)(ExcessOf(moment) * Math.Exp(-lateness / ExcessMemoryMs));
        }
        else
        {
            Windows.AddNewest(amount, moment.Counts, moment.Sums);
            AmountExcess = (float)(moment.AmountExcess + ExcessOf(moment));
            NewestMs = payment.TimeMs;
        }

        PaymentCount++;
        Amount.Add(payment.Amount, NormMemory);
        AmountLog.Add(payment.AmountLog, NormMemory);
        LargestAmount = Math.Max(LargestAmount, amount);
        AddHabits(payment);
        AddPlace(payment, moment);

        Recent[RecentNext] = new RecentPayment(payment.TimeMs, amount, payment.CountryCode, payment.Category, payment.Channel);
        RecentNext = (RecentNext + 1) % RecentLength;
    }

    /// <summary>Adds a payment that spends nothing: norms, habits and velocity stay as they are.</summary>
    internal void AddUnspent(in Payment payment)
    {
        Attempts.Add(payment);
        if (payment.Kind.IsCredit() && payment.Refusal == Refusal.None)
        {
            Refunds.Add(payment.TimeMs, payment.Amount);
        }
    }

    /// <summary>Remembers when the newest verdict of its kind became known, Unix seconds.</summary>
    internal void AddVerdict(in LabelledPayment label)
    {
        var seconds = (uint)Math.Clamp(label.LabelledAtMs / 1000, 1, uint.MaxValue);
        ref var newest = ref label.IsFraud ? ref FraudVerdictSeconds : ref GenuineVerdictSeconds;
        newest = Math.Max(newest, seconds);
    }

    /// <summary>The last payments, in no order.</summary>
    [UnscopedRef]
    internal readonly ReadOnlySpan<RecentPayment> RecentSoFar() =>
        ((ReadOnlySpan<RecentPayment>)Recent)[..Math.Min(PaymentCount, RecentLength)];

    private static double ExcessOf(in CardMoment moment) => Math.Clamp(moment.OwnDeviation - UsualDeviation, 0, MaxExcess);

    private void AddHabits(in Payment payment)
    {
        if (HourTotal >= HabitMemory)
        {
            HourTotal = 0;
            foreach (ref var count in (Span<byte>)Hours)
            {
                count /= 2;
                HourTotal += count;
            }
        }

        Hours[payment.Hour]++;
        HourTotal++;

        var category = (int)payment.Category;
        CategoryPayments[category]++;
        CategoryMeans[category] += (float)(
            (payment.AmountLog - CategoryMeans[category]) / Math.Min(CategoryPayments[category], NormMemory));
        ChannelPayments[(int)payment.Channel]++;
        KeyRing.Remember(Merchants, payment.MerchantKey);
        KeyRing.Remember(Countries, payment.CountryCode);
        if (payment.DeviceKey != 0)
        {
            KeyRing.Remember(Devices, payment.DeviceKey);
        }
    }

    private void AddPlace(in Payment payment, in CardMoment moment)
    {
        if (payment.HasTerminalPlace && payment.TimeMs >= LastPlaceMs)
        {
            var elapsedMs = payment.TimeMs - LastPlaceMs;
            Travel.Add(moment.TripKm, elapsedMs);
            Centre.Add(payment.Latitude, payment.Longitude, moment.FromCentreKm, elapsedMs);
            LastPlaceMs = payment.TimeMs;
            LastLatitude = payment.Latitude;
            LastLongitude = payment.Longitude;
        }
    }

    [InlineArray(24)]
    internal struct HourCounts
    {
        private byte _first;
    }

    [InlineArray(MerchantCategories.Count)]
    internal struct CategoryCounts
    {
        private float _first;
    }

    [InlineArray(Channels.Count)]
    internal struct ChannelCounts
    {
        private float _first;
    }

    [InlineArray(16)]
    internal struct MerchantRing
    {
        private uint _first;
    }

    [InlineArray(4)]
    internal struct SmallRing
    {
        private uint _first;
    }

    [InlineArray(RecentLength)]
    internal struct RecentRing
    {
        private RecentPayment _first;
    }
}

using System.Runtime.CompilerServices;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;

namespace Aegis.Core.Facts;

/// <summary>Payments and known frauds for each merchant, device and BIN, by day of the payment, over all shards.</summary>
internal sealed class RiskFacts
{
    // The a of the shrunk rate: the weight of the base rate, in frauds.
    private const double PriorFrauds = 1;

    /// <summary>The largest number of merchants, devices and BINs together that are remembered from one interval to the next.</summary>
    public const int MaxEntities = 400_000;

    private readonly CountTable<DayRing> _payments = new();

    // Only entities that ever had a fraud, so most reads end here.
    private readonly CountTable<DayRing> _frauds = new();
    private DayRing _allPayments;
    private DayRing _allFrauds;
    private BaseRate? _baseRate;

    /// <summary>The windows of fraud rates, in days, ascending.</summary>
    public static ReadOnlySpan<int> Windows => [1, 7, 30];

    /// <summary>Adds a shard's counts for an entity's day.</summary>
    public void Add(in EntityDay counts)
    {
        _baseRate = null;
        // Every payment has one merchant, so merchants' counts add up to the total.
        var isMerchant = counts.Kind == RiskEntity.Merchant;
        if (counts.Payments > 0)
        {
            _payments.Of(counts.Entity).Add(counts.Day, counts.Payments);
            _allPayments.Add(counts.Day, isMerchant ? counts.Payments : 0);
        }

        if (counts.Frauds > 0)
        {
            _frauds.Of(counts.Entity).Add(counts.Day, counts.Frauds);
            _allFrauds.Add(counts.Day, isMerchant ? counts.Frauds : 0);
        }
    }

    /// <summary>The fraud rate of all payments in the longest window; 0 before the first known fraud.</summary>
    /// <param name="lastDay">The newest day that may be read.</param>
    private double BaseRateOn(int lastDay)
    {
        // Several shards read at once; at worst each of them computes the rate.
        if (_baseRate is { } known && known.LastDay == lastDay)
        {
            return known.Rate;
        }

        Span<uint> frauds = stackalloc uint[1];
        Span<uint> payments = stackalloc uint[1];
        _allFrauds.Sums(lastDay, Windows[^1..], frauds);
        _allPayments.Sums(lastDay, Windows[^1..], payments);
        var rate = frauds[0] / (double)Math.Max(1, payments[0]);
        _baseRate = new BaseRate(lastDay, rate);
        return rate;
    }

    /// <summary>How much riskier an entity was than all payments, for each of <see cref="Windows"/>: ln of its shrunk
    /// fraud rate over the rate of all.</summary>
    /// <remarks>(f + a) / (n + a / base rate), over the base rate; 0 if no fraud of the entity is known in the window.</remarks>
    /// <param name="entity">The key from <see cref="RiskEntities.KeyOf"/>.</param>
    /// <param name="lastDay">The newest day that may be read.</param>
    /// <param name="risks">Receives one value for each window.</param>
    public void RisksOf(ulong entity, int lastDay, Span<float> risks)
    {
        risks.Clear();
        ref readonly var frauds = ref _frauds.FindReference(entity);
        if (Unsafe.IsNullRef(in frauds))
        {
            return;
        }

        Span<uint> found = stackalloc uint[Windows.Length];
        Span<uint> seen = stackalloc uint[Windows.Length];
        seen.Clear();
        frauds.Sums(lastDay, Windows, found);
        if (found[^1] > 0)
        {
            ref readonly var payments = ref _payments.FindReference(entity);
            if (!Unsafe.IsNullRef(in payments))
            {
                payments.Sums(lastDay, Windows, seen);
            }

            var baseRate = BaseRateOn(lastDay);
            for (var window = 0; window < Windows.Length; window++)
            {
                risks[window] = found[window] == 0
                    ? 0
                    : MathF.Log((float)(
                        (found[window] + PriorFrauds) / ((Math.Max(seen[window], found[window]) * baseRate) + PriorFrauds)));
            }
        }
    }

    // Not for BINs, which are few, and only for the table in which most reads end.
    public void PrefetchIndex(in Payment payment)
    {
        _frauds.PrefetchIndex(RiskEntity.Merchant.KeyOf(payment.MerchantHash));
        if (payment.DeviceHash != 0)
        {
            _frauds.PrefetchIndex(RiskEntity.Device.KeyOf(payment.DeviceHash));
        }
    }

    public void Prefetch(in Payment payment)
    {
        _frauds.Prefetch(RiskEntity.Merchant.KeyOf(payment.MerchantHash));
        if (payment.DeviceHash != 0)
        {
            _frauds.Prefetch(RiskEntity.Device.KeyOf(payment.DeviceHash));
        }
    }

    /// <summary>The number of entities.</summary>
    public int Count => _payments.Count;

    /// <summary>Forgets the entities whose days lie beyond all windows, and beyond the largest number those with the fewest
    /// payments.</summary>
    /// <param name="day">The day that days are counted back from.</param>
    /// <returns>The number of entities forgotten.</returns>
    public int Forget(int day)
    {
        _frauds.Keep(MaxEntities, (in DayRing days) => days.SumSince(day));
        return _payments.Keep(MaxEntities, (in DayRing days) => days.SumSince(day));
    }

    /// <summary>A hash over all facts.</summary>
    public ulong Fingerprint(ulong seed) => _payments.Fingerprint(_frauds.Fingerprint(
        StableHash.OfBytes(StoredStruct.BytesOf(in _allPayments),
            StableHash.OfBytes(StoredStruct.BytesOf(in _allFrauds), seed))));

    /// <summary>The number of bytes that <see cref="Write"/> writes.</summary>
    public int ByteCount => (2 * Unsafe.SizeOf<DayRing>()) + _payments.ByteCount + _frauds.ByteCount;

    /// <summary>Writes all facts and moves <paramref name="to"/> past them.</summary>
    public void Write(ref Span<byte> to)
    {
        StoredStruct.Put(in _allPayments, ref to);
        StoredStruct.Put(in _allFrauds, ref to);
        _payments.Write(ref to);
        _frauds.Write(ref to);
    }

    /// <summary>Reads the result of <see cref="Write"/> into empty facts, and moves <paramref name="bytes"/> past it.</summary>
    /// <exception cref="FormatException">The bytes are cut short or damaged.</exception>
    public void Read(ref ReadOnlySpan<byte> bytes)
    {
        _allPayments = StoredStruct.Take<DayRing>(ref bytes);
        _allFrauds = StoredStruct.Take<DayRing>(ref bytes);
        _payments.Read(ref bytes);
        _frauds.Read(ref bytes);
    }

    private sealed record BaseRate(int LastDay, double Rate);
}

using System.Runtime.CompilerServices;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Core.Facts;

/// <summary>The counts of one shard since its last <see cref="FactBarrier"/>, as a function of the shard's log alone.
/// Adding a payment to known merchants allocates nothing.</summary>
public sealed class FactCounts
{
    /// <summary>The largest number of merchants that a shard counts in one interval. Payments at further ones count for the population,
    /// and for nothing of their own.</summary>
    public const int MaxMerchants = 20_000;

    /// <summary>The largest number of days of merchants, devices and BINs that a shard counts in one interval.</summary>
    public const int MaxEntityDays = 60_000;

    private PopulationNorms _population;

    internal CountTable<MerchantCounts> Merchants { get; } = new();

    internal CountTable<long> Countries { get; } = new();

    internal CountTable<EntityDay> EntityDays { get; } = new();

    internal ref readonly PopulationNorms Population => ref _population;

    /// <summary>The layout of the bytes. If it equals this release's, stored counts may be read.</summary>
    public static string Layout { get; } =
        $"{Unsafe.SizeOf<MerchantCounts>()}/{Unsafe.SizeOf<MerchantFact>()}/{Unsafe.SizeOf<PopulationNorms>()}/{Unsafe.SizeOf<EntityDay>()}/{Unsafe.SizeOf<DayRing>()}";

    /// <summary>Counts a payment.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="isNewAtMerchant">True if the card has not been at the merchant lately.</param>
    public void Add(in Payment payment, bool isNewAtMerchant)
    {
        _population.Add(payment);
        if (Merchants.Count < MaxMerchants || Merchants.Knows(payment.MerchantHash))
        {
            Merchants.Of(payment.MerchantHash).Add(payment, isNewAtMerchant);
        }

        Countries.Of(payment.CountryCode)++;
        Count(RiskEntity.Merchant, payment.MerchantHash, payment.Day, payments: 1);
        Count(RiskEntity.Device, payment.DeviceHash, payment.Day, payments: 1);
        Count(RiskEntity.Bin, payment.Bin, payment.Day, payments: 1);
    }

    /// <summary>Counts payments and frauds of an entity; a hash of 0 is no entity.</summary>
    private void Count(RiskEntity kind, ulong hash, int day, uint payments = 0, uint frauds = 0)
    {
        var isFull = EntityDays.Count >= MaxEntityDays;
        if ((hash == 0 && kind != RiskEntity.Merchant) || (isFull && !EntityDays.Knows(EntityDay.KeyOf(kind.KeyOf(hash), day))))
        {
            return;
        }

        ref var counts = ref EntityDay.In(EntityDays, kind, hash, day);
        counts.Payments += payments;
        counts.Frauds += frauds;
    }

    internal void PrefetchIndex(in Payment payment)
    {
        Merchants.PrefetchIndex(payment.MerchantHash);
        EntityDays.PrefetchIndex(EntityDay.KeyOf(RiskEntity.Merchant.KeyOf(payment.MerchantHash), payment.Day));
        if (payment.DeviceHash != 0)
        {
            EntityDays.PrefetchIndex(EntityDay.KeyOf(RiskEntity.Device.KeyOf(payment.DeviceHash), payment.Day));
        }
    }

    internal void Prefetch(in Payment payment)
    {
        Merchants.Prefetch(payment.MerchantHash);
        EntityDays.Prefetch(EntityDay.KeyOf(RiskEntity.Merchant.KeyOf(payment.MerchantHash), payment.Day));
        if (payment.DeviceHash != 0)
        {
            EntityDays.Prefetch(EntityDay.KeyOf(RiskEntity.Device.KeyOf(payment.DeviceHash), payment.Day));
        }
    }

    /// <summary>Counts a fraud that became known, under the day of its payment. A payment that proved genuine changes no count.</summary>
    public void AddLabel(in LabelledPayment label)
    {
        if (!label.IsFraud)
        {
            return;
        }

        var day = Payment.DayOf(label.PaymentTimeMs);
        Count(RiskEntity.Merchant, label.MerchantHash, day, frauds: 1);
        Count(RiskEntity.Device, label.DeviceHash, day, frauds: 1);
        Count(RiskEntity.Bin, label.Bin, day, frauds: 1);
    }

    /// <summary>Begins a new interval.</summary>
    public void Clear()
    {
        _population = default;
        Merchants.Clear();
        Countries.Clear();
        EntityDays.Clear();
    }

    /// <summary>A hash over everything counted.</summary>
    public ulong Fingerprint()
    {
        var hash = StableHash.OfBytes(StoredStruct.BytesOf(in _population));
        return EntityDays.Fingerprint(Countries.Fingerprint(Merchants.Fingerprint(hash)));
    }

    /// <summary>The form that is published and stored; the caller returns the bytes.</summary>
    public PooledBytes ToBytes()
    {
        var bytes = PooledBytes.Rent(Unsafe.SizeOf<PopulationNorms>() + Merchants.ByteCount + Countries.ByteCount + EntityDays.ByteCount);
        var to = bytes.Span;
        StoredStruct.Put(in _population, ref to);
        Merchants.Write(ref to);
        Countries.Write(ref to);
        EntityDays.Write(ref to);
        return bytes;
    }

    /// <summary>Replaces the counts so far.</summary>
    /// <param name="bytes">The result of <see cref="ToBytes"/>, under the same <see cref="Layout"/>.</param>
    /// <exception cref="FormatException">The bytes are cut short or damaged.</exception>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        Clear();
        _population = StoredStruct.Take<PopulationNorms>(ref bytes);
        Merchants.Read(ref bytes);
        Countries.Read(ref bytes);
        EntityDays.Read(ref bytes);
        if (!bytes.IsEmpty)
        {
            throw new FormatException($"{bytes.Length} bytes follow the facts' counts; allowed: none.");
        }
    }
}

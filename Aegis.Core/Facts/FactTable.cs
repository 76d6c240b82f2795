using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Core.Facts;

/// <summary>The facts over all shards, up to a version: merchants, countries, fraud counts, and what is usual. Shards
/// read it. It changes only between barriers.</summary>
public sealed class FactTable
{
    /// <summary>The largest number of merchants that are remembered from one interval to the next.</summary>
    public const int MaxMerchants = 200_000;

    /// <summary>A merchant without a payment for so many days is forgotten: three times the longest time constant.</summary>
    public const int MerchantMemoryDays = 90;

    private PopulationNorms _population;

    /// <summary>The end of the newest interval added, Unix milliseconds; 0 before the first.</summary>
    public long VersionMs { get; private set; }

    internal CountTable<MerchantFact> Merchants { get; } = new();

    internal CountTable<long> Countries { get; } = new();

    internal RiskFacts Risks { get; } = new();

    internal ref readonly PopulationNorms Population => ref _population;

    /// <summary>Adds the counts that one shard has published. All shards' counts of an interval come in the order of
    /// the shards, interval after interval. So every process gets the same bits.</summary>
    /// <exception cref="ArgumentException">The interval lies before one that was already added.</exception>
    public void Add(long intervalEndMs, FactCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (intervalEndMs < VersionMs)
        {
            throw new ArgumentException(
                $"Counts of the interval that ended at {intervalEndMs}; allowed: {VersionMs} and later.", nameof(intervalEndMs));
        }

        if (intervalEndMs > VersionMs)
        {
            Forget(intervalEndMs);
        }

        VersionMs = intervalEndMs;
        _population.Add(counts.Population);
        var keys = counts.Merchants.Keys;
        var merchants = counts.Merchants.Items;
        for (var i = 0; i < keys.Length; i++)
        {
            Merchants.Of(keys[i]).Add(intervalEndMs, merchants[i]);
        }

        for (var i = 0; i < counts.Countries.Count; i++)
        {
            Countries.Of(counts.Countries.Keys[i]) += counts.Countries.Items[i];
        }

        foreach (ref readonly var counted in counts.EntityDays.Items)
        {
            Risks.Add(counted);
        }
    }

    /// <summary>The number of merchants remembered.</summary>
    public int MerchantCount => Merchants.Count;

    /// <summary>The number of merchants, devices and BINs whose payments are counted by day.</summary>
    public int EntityCount => Risks.Count;

    /// <summary>The number of merchants and entities that this table has forgotten since it was made or read.</summary>
    public long Forgotten { get; private set; }

    /// <summary>Forgets once a day what lies beyond the windows, and at every barrier what exceeds the limits. It sees whole intervals
    /// only, so that every process forgets the same.</summary>
    private void Forget(long nowMs)
    {
        var (day, isNewDay) = (Payment.DayOf(nowMs), Payment.DayOf(nowMs) > Payment.DayOf(VersionMs));
        if (isNewDay || Merchants.Count > MaxMerchants)
        {
            Forgotten += Merchants.Keep(MaxMerchants, (in MerchantFact merchant) => merchant.ActivityAt(nowMs, MerchantMemoryDays));
        }

        if (isNewDay || Risks.Count > RiskFacts.MaxEntities)
        {
            Forgotten += Risks.Forget(day);
        }
    }

    internal void PrefetchIndex(in Payment payment)
    {
        Merchants.PrefetchIndex(payment.MerchantHash);
        Risks.PrefetchIndex(payment);
    }

    internal void Prefetch(in Payment payment)
    {
        Merchants.Prefetch(payment.MerchantHash);
        Risks.Prefetch(payment);
    }

    /// <summary>A hash over all facts.</summary>
    public ulong Fingerprint()
    {
        var hash = StableHash.OfBytes(StoredStruct.BytesOf(in _population), (ulong)VersionMs);
        return Risks.Fingerprint(Countries.Fingerprint(Merchants.Fingerprint(hash)));
    }

    /// <summary>The stored form; the caller returns the bytes.</summary>
    public PooledBytes ToBytes()
    {
        var bytes = PooledBytes.Rent(
            sizeof(long) + Unsafe.SizeOf<PopulationNorms>() + Merchants.ByteCount + Countries.ByteCount + Risks.ByteCount);
        var to = bytes.Span;
        BinaryPrimitives.WriteInt64LittleEndian(to, VersionMs);
        to = to[sizeof(long)..];
        StoredStruct.Put(in _population, ref to);
        Merchants.Write(ref to);
        Countries.Write(ref to);
        Risks.Write(ref to);
        return bytes;
    }

    /// <summary>Reads the result of <see cref="ToBytes"/>, under the same <see cref="FactCounts.Layout"/>.</summary>
    /// <exception cref="FormatException">The bytes are cut short or damaged.</exception>
    public static FactTable Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(long))
        {
            throw new FormatException($"Facts of {bytes.Length} bytes; allowed: {sizeof(long)} and more.");
        }

        var table = new FactTable { VersionMs = BinaryPrimitives.ReadInt64LittleEndian(bytes) };
        bytes = bytes[sizeof(long)..];
        table._population = StoredStruct.Take<PopulationNorms>(ref bytes);
        table.Merchants.Read(ref bytes);
        table.Countries.Read(ref bytes);
        table.Risks.Read(ref bytes);
        return bytes.IsEmpty ? table : throw new FormatException($"{bytes.Length} bytes follow the facts; allowed: none.");
    }
}

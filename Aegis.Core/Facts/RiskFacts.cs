using System.Runtime.InteropServices;
using Aegis.Core.Transactions;

namespace Aegis.Core.Facts;

/// <summary>Payments and known frauds per merchant, device and BIN, by day of the payment, over all shards.</summary>
internal sealed class RiskFacts
{
    private readonly CountTable<DayRing> _payments = new();

    // Only of entities that ever had a fraud: most reads end here.
    private readonly CountTable<DayRing> _frauds = new();
    private DayRing _allPayments;
    private DayRing _allFrauds;

    /// <summary>Takes in what a shard counted of an entity's day.</summary>
    public void Add(in EntityDay counts)
    {
        // Every payment has one merchant: merchants' counts add up to all.
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

    /// <summary>Payments and frauds of an entity in the days that end with <paramref name="lastDay"/>; nothing is looked up but frauds where there was none.</summary>
    public (uint Payments, uint Frauds) Of(ulong entity, int lastDay, int days) =>
        _frauds.Find(entity).Sum(lastDay, days) is > 0 and var frauds ? (_payments.Find(entity).Sum(lastDay, days), frauds) : (0, 0);

    /// <summary>Payments and frauds of all.</summary>
    public (uint Payments, uint Frauds) OfAll(int lastDay, int days) => (_allPayments.Sum(lastDay, days), _allFrauds.Sum(lastDay, days));

    /// <summary>A hash over everything known.</summary>
    public ulong Fingerprint(ulong seed) => _payments.Fingerprint(_frauds.Fingerprint(
        StableHash.OfBytes(MemoryMarshal.AsBytes(new ReadOnlySpan<DayRing>(in _allPayments)),
            StableHash.OfBytes(MemoryMarshal.AsBytes(new ReadOnlySpan<DayRing>(in _allFrauds)), seed))));

    /// <summary>Writes everything known.</summary>
    public void Write(Stream stream)
    {
        stream.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<DayRing>(in _allPayments)));
        stream.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<DayRing>(in _allFrauds)));
        _payments.Write(stream);
        _frauds.Write(stream);
    }

    /// <summary>Reads what <see cref="Write"/> wrote into empty facts and moves <paramref name="bytes"/> on.</summary>
    /// <exception cref="FormatException">Cut short or damaged.</exception>
    public void Read(ref ReadOnlySpan<byte> bytes)
    {
        _allPayments = StoredStruct.Take<DayRing>(ref bytes);
        _allFrauds = StoredStruct.Take<DayRing>(ref bytes);
        _payments.Read(ref bytes);
        _frauds.Read(ref bytes);
    }
}

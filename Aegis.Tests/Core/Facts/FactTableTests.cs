using Aegis.Core.Facts;
using Aegis.Core.Payments;
using static Aegis.Tests.Core.TestPayments;

namespace Aegis.Tests.Core.Facts;

public sealed class FactTableTests
{
    private const int Day = (int)(Midnight / DayMs);

    private readonly FactTable _table = new();

    [Fact]
    public void Add_OfShardsCounts_AddsThemUp()
    {
        _table.Add(Midnight + HourMs, Counts(Of(), Of(), Of(country: "FR")));
        _table.Add(Midnight + HourMs, Counts(Of(), Of(merchant: 3)));
        Assert.Equal(Midnight + HourMs, _table.VersionMs);
        Assert.Equal(5, _table.Population.Payments);
        Assert.Equal((4, 1), (_table.Countries.Find(RecentPayment.Pack("DE")), _table.Countries.Find(RecentPayment.Pack("FR"))));
        var now = RateDecay.After(0);
        Assert.Equal(4, _table.Merchants.Find(2).Payments.MonthAfter(now));
        Assert.Equal(1, _table.Merchants.Find(3).Payments.MonthAfter(now));
    }

    [Fact]
    public void Add_OfLaterIntervals_DecaysMerchantsFromTheirEnd()
    {
        _table.Add(Midnight, Counts(Of()));
        _table.Add(Midnight + DayMs, Counts(Of()));
        Assert.Equal(1 + Math.Exp(-1 / 30.0), _table.Merchants.Find(2).Payments.MonthAfter(RateDecay.After(0)), 1e-12);
    }

    [Fact]
    public void Add_OfFrauds_MakesTheirEntitiesRiskier()
    {
        var counts = Counts(Of(), Of(), Of(merchant: 3), Of(merchant: 3));
        counts.AddLabel(Of().Labelled(isFraud: true, Midnight));
        _table.Add(Midnight + HourMs, counts);
        var risks = new float[3];
        _table.Risks.RisksOf(RiskEntity.Merchant.KeyOf(2), Day, risks);
        // One fraud of two payments, where one of four is usual.
        Assert.Equal(Math.Log(2 / ((2 * 0.25) + 1)), risks[0], 1e-6);
    }

    [Fact]
    public void Add_OfAnEarlierInterval_IsRefused()
    {
        _table.Add(1_000, Counts(Of()));
        _table.Add(1_000, Counts(Of()));
        var before = _table.Fingerprint();
        var refusal = Assert.Throws<ArgumentException>(() => _table.Add(999, Counts(Of())));
        Assert.Equal(
            "Counts of the interval that ended at 999; allowed: 1000 and later. (Parameter 'intervalEndMs')", refusal.Message);
        Assert.Equal((1_000, before), (_table.VersionMs, _table.Fingerprint()));
        Assert.Throws<ArgumentNullException>(() => _table.Add(2_000, null!));
    }

    /// <summary>Two million merchants, each with a device, that come once: the table keeps its limits, its memory stays flat, and the
    /// merchant that is paid at every interval is remembered.</summary>
    [Fact]
    public void Add_OfTwoMillionPairs_StaysFlat()
    {
        const int PairsOfAnInterval = 20_000;
        var (largest, early) = (0L, 0L);
        for (var interval = 0; interval < 100; interval++)
        {
            var counts = new FactCounts();
            counts.Add(Of(merchant: 1, device: 1), isNewAtMerchant: false);
            counts.Add(Of(merchant: 1, device: 1), isNewAtMerchant: false);
            for (var pair = 0UL; pair < PairsOfAnInterval - 1; pair++)
            {
                var hash = 10 + pair + ((ulong)interval * PairsOfAnInterval);
                counts.Add(Of(merchant: hash, device: hash), isNewAtMerchant: true);
            }

            _table.Add(Midnight + (interval * 60_000), counts);
            Assert.InRange(_table.MerchantCount, 1, FactTable.MaxMerchants + PairsOfAnInterval);
            Assert.InRange(_table.EntityCount, 1, RiskFacts.MaxEntities + (2 * PairsOfAnInterval));
            if (interval % 10 == 9)
            {
                var memory = GC.GetTotalMemory(forceFullCollection: true);
                early = interval < 30 ? Math.Max(early, memory) : early;
                largest = Math.Max(largest, memory);
            }
        }

        Assert.InRange(_table.Forgotten, 3_000_000, long.MaxValue);
        Assert.InRange(largest, 0, 2 * early);
        Assert.InRange(_table.Merchants.Find(1).Payments.MonthAfter(RateDecay.After(0)), 190, 200);
    }

    [Fact]
    public void Add_AfterSilence_ForgetsMerchantsAndEntities_AndNobodyElse()
    {
        _table.Add(Midnight, Counts(Of(), Of(merchant: 3)));
        _table.Add(Midnight + (40 * DayMs), Counts(Of(merchant: 3)));
        Assert.Equal(2, _table.MerchantCount);
        _table.Add(Midnight + ((FactTable.MerchantMemoryDays + 1) * DayMs), Counts(Of(merchant: 4)));
        Assert.Equal([3UL, 4UL], _table.Merchants.Keys.ToArray());
    }

    /// <summary>A table that was stored and read in between forgets the same.</summary>
    [Fact]
    public void Forgetting_IsTheSame_WhereverTheTableWasStored()
    {
        var stored = new FactTable();
        for (var day = 0; day < 200; day++)
        {
            var counts = Counts(Of(merchant: (ulong)(5 + (day % 90))), Of(merchant: (ulong)(1_000 + day)));
            _table.Add(Midnight + (day * DayMs), counts);
            stored.Add(Midnight + (day * DayMs), counts);
            if (day % 7 == 0)
            {
                var bytes = stored.ToBytes();
                stored = FactTable.Read(bytes.Memory.Span);
                bytes.Return();
            }
        }

        Assert.Equal(_table.Fingerprint(), stored.Fingerprint());
        Assert.InRange(_table.MerchantCount, 100, 190);
    }

    [Fact]
    public void Prefetch_ChangesNothing()
    {
        _table.Add(Midnight, Counts(Of(device: 7)));
        var before = _table.Fingerprint();
        foreach (var payment in new[] { Of(device: 7), Of(merchant: 99) })
        {
            _table.PrefetchIndex(payment);
            _table.Prefetch(payment);
        }

        Assert.Equal(before, _table.Fingerprint());
    }

    [Fact]
    public void Fingerprint_ChangesWithTheVersionAndEverythingKnown()
    {
        var fraud = Counts(Of());
        fraud.AddLabel(Of().Labelled(isFraud: true, Midnight));
        FactTable[] tables =
        [
            new(), Table(1, new FactCounts()), Table(1, Counts(Of())), Table(2, Counts(Of())), Table(1, Counts(Of(merchant: 3))),
            Table(1, Counts(Of(country: "FR"))), Table(1, Counts(Of(amount: 31))), Table(1, fraud),
        ];
        Assert.Equal(tables.Length, tables.Select(table => table.Fingerprint()).Distinct().Count());
        Assert.Equal(tables[2].Fingerprint(), Table(1, Counts(Of())).Fingerprint());
    }

    [Fact]
    public void Read_OfWrittenFacts_KnowsTheSameAndGoesOn()
    {
        var fraud = Counts(Of(device: 7), Of(merchant: 3, bin: 411_111));
        fraud.AddLabel(Of(device: 7).Labelled(isFraud: true, Midnight));
        _table.Add(Midnight, fraud);
        var read = FactTable.Read(_table.ToBytes().Span);
        Assert.Equal((Midnight, _table.Fingerprint()), (read.VersionMs, read.Fingerprint()));
        Assert.Equal(2, read.Population.Payments);
        _table.Add(Midnight + DayMs, Counts(Of()));
        read.Add(Midnight + DayMs, Counts(Of()));
        Assert.Equal(_table.Fingerprint(), read.Fingerprint());
    }

    [Fact]
    public void Read_OfMoreOrFewerBytes_IsRefused()
    {
        _table.Add(Midnight, Counts(Of(device: 7)));
        var bytes = _table.ToBytes().Span.ToArray();
        Assert.Equal("Facts of 7 bytes; allowed: 8 and more.", Refusal(bytes[..7]));
        Assert.Equal("Facts of 0 bytes; allowed: 8 and more.", Refusal([]));
        Assert.Equal("PopulationNorms in 0 bytes; allowed: 504.", Refusal(bytes[..8]));
        Assert.Equal("3 bytes follow the facts; allowed: none.", Refusal([.. bytes, 1, 2, 3]));
        Assert.All(Enumerable.Range(8, bytes.Length - 8), length => Refusal(bytes[..length]));

        static string Refusal(byte[] bytes) => Assert.Throws<FormatException>(() => FactTable.Read(bytes)).Message;
    }

    private static FactTable Table(long endMs, FactCounts counts)
    {
        var table = new FactTable();
        table.Add(endMs, counts);
        return table;
    }

    private static FactCounts Counts(params Payment[] payments)
    {
        var counts = new FactCounts();
        foreach (var payment in payments)
        {
            counts.Add(payment, isNewAtMerchant: false);
        }

        return counts;
    }
}

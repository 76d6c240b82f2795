using Aegis.Core.Facts;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using static Aegis.Tests.Core.TestPayments;

namespace Aegis.Tests.Core.Facts;

public sealed class FactCountsTests
{
    private const int Day = (int)(Midnight / DayMs);

    private readonly FactCounts _counts = new();

    [Fact]
    public void Add_CountsMerchantCountryAndPopulation()
    {
        _counts.Add(Of(amount: 4.99, card: 1), isNewAtMerchant: true);
        _counts.Add(Of(amount: 5, card: 1), isNewAtMerchant: false);
        _counts.Add(Of(merchant: 3, country: "FR"), isNewAtMerchant: true);
        var merchant = _counts.Merchants.Find(2);
        Assert.Equal((2, 1, 1), (merchant.Payments, merchant.NewCards, merchant.SmallAmounts));
        Assert.Equal((Math.Log(5.99) + Math.Log(6)) / 2, merchant.AmountLog.Mean, 1e-6);
        Assert.Equal(64 * Math.Log(64 / 63.0), merchant.Cards.Estimate, 1e-12);
        Assert.Equal((1, 1, 0), (_counts.Merchants.Find(3).Payments, _counts.Merchants.Find(3).NewCards,
            _counts.Merchants.Find(3).SmallAmounts));
        Assert.Equal(
            (2, 1), (_counts.Countries.Find(RecentPayment.Pack("DE")), _counts.Countries.Find(RecentPayment.Pack("FR"))));
        Assert.Equal(3, _counts.Population.Payments);
    }

    [Fact]
    public void Add_CountsDevicesAndBinsByTheDayOfThePayment()
    {
        _counts.Add(Of(Midnight, device: 7, bin: 411_111), isNewAtMerchant: false);
        _counts.Add(Of(Midnight + DayMs - 1, device: 7), isNewAtMerchant: false);
        _counts.Add(Of(Midnight + DayMs, bin: 411_111), isNewAtMerchant: false);
        Assert.Equal(
            [
                new(RiskEntity.Merchant, 2, Day, 2, 0), new(RiskEntity.Device, 7, Day, 2, 0), new(RiskEntity.Bin, 411_111, Day, 1, 0),
                new(RiskEntity.Merchant, 2, Day + 1, 1, 0), new(RiskEntity.Bin, 411_111, Day + 1, 1, 0),
            ],
            Counted(_counts));
    }

    [Fact]
    public void AddLabel_OfAFraud_CountsItUnderTheDayOfItsPayment()
    {
        _counts.AddLabel(Of(device: 7, bin: 411_111).Labelled(isFraud: true, Midnight + (3 * DayMs)));
        _counts.AddLabel(Of(Midnight + DayMs - 1).Labelled(isFraud: true, Midnight + (3 * DayMs)));
        _counts.AddLabel(Of(Midnight - 1).Labelled(isFraud: true, Midnight));
        Assert.Equal(
            [
                new(RiskEntity.Merchant, 2, Day, 0, 2), new(RiskEntity.Device, 7, Day, 0, 1), new(RiskEntity.Bin, 411_111, Day, 0, 1),
                new(RiskEntity.Merchant, 2, Day - 1, 0, 1),
            ],
            Counted(_counts));
        Assert.Equal((0, 0, 0), (_counts.Merchants.Count, _counts.Countries.Count, _counts.Population.Payments));
    }

    [Fact]
    public void AddLabel_OfAGenuinePayment_ChangesNothing()
    {
        _counts.AddLabel(Of(device: 7, bin: 411_111).Labelled(isFraud: false, Midnight));
        Assert.Empty(Counted(_counts));
    }

    [Fact]
    public void Prefetch_CountsNothing()
    {
        var payment = Of(device: 7);
        _counts.PrefetchIndex(payment);
        _counts.Prefetch(payment);
        Assert.Equal(new FactCounts().Fingerprint(), _counts.Fingerprint());
        _counts.Add(payment, isNewAtMerchant: true);
        var before = _counts.Fingerprint();
        _counts.PrefetchIndex(payment);
        _counts.Prefetch(payment);
        Assert.Equal(before, _counts.Fingerprint());
    }

    [Fact]
    public void Clear_LeavesNothing()
    {
        _counts.Add(Of(device: 7, bin: 411_111), isNewAtMerchant: true);
        _counts.Clear();
        Assert.Equal(new FactCounts().Fingerprint(), _counts.Fingerprint());
        Assert.Equal(0, _counts.Population.Payments);
    }

    [Fact]
    public void Fingerprint_ChangesWithEverythingCounted()
    {
        var all = new List<FactCounts> { new() };
        foreach (var payment in new[] { Of(), Of(amount: 31), Of(merchant: 3), Of(country: "FR"), Of(device: 7), Of(bin: 8), Of(card: 9) })
        {
            var counts = new FactCounts();
            counts.Add(payment, isNewAtMerchant: false);
            all.Add(counts);
        }

        all.Add(new FactCounts());
        all[^1].AddLabel(Of().Labelled(isFraud: true, Midnight));
        Assert.Equal(all.Count, all.Select(counts => counts.Fingerprint()).Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    public void Read_OfWrittenCounts_CountsTheSame(int count)
    {
        var random = new SeededRandom(3);
        for (var i = 0; i < count; i++)
        {
            _counts.Add(Random(ref random), random.NextBool(0.5));
        }

        var bytes = _counts.ToBytes();
        var read = new FactCounts();
        read.Add(Of(), isNewAtMerchant: true);
        read.Read(bytes.Span);
        bytes.Return();
        Assert.Equal(_counts.Fingerprint(), read.Fingerprint());
        Assert.Equal(Counted(_counts), Counted(read));
        var next = Random(ref random);
        _counts.Add(next, isNewAtMerchant: true);
        read.Add(next, isNewAtMerchant: true);
        Assert.Equal(_counts.Fingerprint(), read.Fingerprint());
    }

    [Fact]
    public void Read_OfMoreOrFewerBytes_IsRefused()
    {
        _counts.Add(Of(), isNewAtMerchant: true);
        var bytes = _counts.ToBytes().Span.ToArray();
        var refusal = Assert.Throws<FormatException>(() => new FactCounts().Read([.. bytes, 1, 2]));
        Assert.Equal("2 bytes follow the facts' counts; allowed: none.", refusal.Message);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<FormatException>(() => new FactCounts().Read(bytes.AsSpan(0, length)));
        }
    }

    /// <summary>Sizes of what is stored: where one changes, stored counts of the release before are told apart.</summary>
    [Fact]
    public void Layout_NamesTheSizesOfAllThatIsStored() => Assert.Equal("88/208/504/24/260", FactCounts.Layout);

    private static Payment Random(ref SeededRandom random) => Of(
        Midnight + (random.NextInt(5) * DayMs), random.NextInt(20), card: random.NextBits(), merchant: 1 + (ulong)random.NextInt(20),
        device: random.NextBool(0.5) ? 1 + (ulong)random.NextInt(30) : null, bin: (uint)random.NextInt(4),
        country: random.NextBool(0.5) ? "DE" : "FR");

    private static IEnumerable<Count> Counted(FactCounts counts) => counts.EntityDays.Items.ToArray()
        .Select(day => new Count(day.Kind, HashOf(day), day.Day, day.Payments, day.Frauds));

    /// <summary>Of the few hashes of these tests the one that an entity is made of.</summary>
    private static ulong HashOf(EntityDay day) =>
        Enumerable.Range(0, 31).Select(hash => (ulong)hash).Append(411_111ul).Single(hash => day.Kind.KeyOf(hash) == day.Entity);

    private sealed record Count(RiskEntity Kind, ulong Hash, int Day, uint Payments, uint Frauds);
}

using Aegis.Core.Facts;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;
using static Aegis.Tests.Core.TestPayments;

namespace Aegis.Tests.Core.Features;

public sealed class ShardHistoriesTests
{
    private readonly ShardHistories _shard = new(CurrencyRates.Default);
    private readonly float[] _features = new float[FeatureSchema.Count];

    [Theory]
    [InlineData(CardHistory.LatenessLimitMs, true)]
    [InlineData(CardHistory.LatenessLimitMs + 1, false)]
    public void Add_OfAPaymentMoreThanADayLate_ChangesNothing(long latenessMs, bool isAdded)
    {
        Assert.True(_shard.Add(Of()));
        var before = _shard.Fingerprint();
        Assert.Equal(isAdded, _shard.ExtractAndAdd(Of(Midnight - latenessMs), _features));
        Assert.Equal(isAdded, before != _shard.Fingerprint());
        Assert.Equal(isAdded ? 2 : 1, _shard.CardOf(1).Count);
        Assert.Equal(isAdded ? 2 : 1, _shard.Counts.Merchants.Find(2).Payments);
        // It was extracted all the same.
        Assert.Equal(Math.Log(31), _features[(int)Feature.AmountLog], 1e-5);
    }

    [Fact]
    public void Add_CountsACardAsNewWhereItWasNotAtTheMerchantLately()
    {
        Assert.All(new[] { Of(), Of(), Of(card: 5), Of(merchant: 3), Of() }, payment => _shard.Add(payment));
        Assert.Equal((4, 2), (_shard.Counts.Merchants.Find(2).Payments, _shard.Counts.Merchants.Find(2).NewCards));
        Assert.Equal((1, 1), (_shard.Counts.Merchants.Find(3).Payments, _shard.Counts.Merchants.Find(3).NewCards));
    }

    [Fact]
    public void ExtractAndAdd_GivesTheHistoryAsItWasBefore()
    {
        var before = new CardHistory[1];
        _shard.ExtractAndAdd(Of(), _features, before);
        Assert.Equal(0, before[0].Count);
        _shard.ExtractAndAdd(Of(amount: 7), _features, before);
        Assert.Equal((1, 30), (before[0].Count, before[0].LargestAmount));
        Assert.Equal(2, _shard.CardOf(1).Count);
    }

    [Fact]
    public void Extract_RemembersNothing()
    {
        var payment = TestTransactions.Valid();
        _shard.Add(payment);
        var before = _shard.Fingerprint();
        var (extracted, added) = (new float[FeatureSchema.Count], new float[FeatureSchema.Count]);
        _shard.Extract(payment, extracted);
        Assert.Equal(before, _shard.Fingerprint());
        _shard.ExtractAndAdd(payment, added);
        Assert.Equal(added, extracted);
        Assert.NotEqual(before, _shard.Fingerprint());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(60)]
    public void ExtractAndAdd_OfSeveralPayments_IsAsOneAfterAnother(int count)
    {
        var random = new SeededRandom(11);
        var payments = new Payment[count];
        foreach (ref var payment in payments.AsSpan())
        {
            payment = Of(
                Midnight + (long)(random.NextDouble() * 3 * DayMs), random.NextInt(50), card: (ulong)random.NextInt(6),
                merchant: (ulong)random.NextInt(4), device: random.NextBool(0.5) ? 7 : null);
        }

        var single = new ShardHistories(CurrencyRates.Default);
        var (features, before, isLate) = (new float[count * FeatureSchema.Count], new CardHistory[count], new bool[count]);
        _shard.ExtractAndAdd(payments, features, before, isLate);
        for (var i = 0; i < count; i++)
        {
            Assert.Equal(single.CardOf(payments[i].CardHash).Count, before[i].Count);
            Assert.Equal(!single.ExtractAndAdd(payments[i], _features), isLate[i]);
            Assert.Equal(_features, features.AsSpan(i * FeatureSchema.Count, FeatureSchema.Count).ToArray());
        }

        Assert.Equal(single.Fingerprint(), _shard.Fingerprint());
        Assert.True(count < 60 || isLate.Contains(true));
        // Nobody asks for the histories.
        new ShardHistories(CurrencyRates.Default).ExtractAndAdd(payments, features, [], isLate);
    }

    [Fact]
    public void AddLabel_IsRememberedByAKnownCardAndCountedAnyway()
    {
        _shard.AddLabel(Of().Labelled(isFraud: true, Midnight + 5_000));
        Assert.Equal(0, _shard.Cards.Count);
        _shard.Add(Of());
        _shard.AddLabel(Of().Labelled(isFraud: true, Midnight + 9_000));
        Assert.Equal((uint)(Midnight / 1_000) + 9, _shard.CardOf(1).FraudVerdictSeconds);
        Assert.Equal(2u, _shard.Counts.EntityDays.Items[0].Frauds);
    }

    [Fact]
    public void AddLabel_MarksTheCardForTheNextCopy()
    {
        _shard.Add(Of());
        _shard.Cards.BeginCopy();
        while (_shard.Cards.TryCopyNext(out _))
        {
        }

        _shard.AddLabel(Of().Labelled(isFraud: true, Midnight));
        _shard.Cards.BeginCopy();
        Assert.True(_shard.Cards.TryCopyNext(out _));
    }

    [Fact]
    public void Fingerprint_ChangesWithCardsAndWithCounts()
    {
        var empty = _shard.Fingerprint();
        _shard.Add(Of());
        var one = _shard.Fingerprint();
        _shard.Counts.Clear();
        Assert.Equal(3, new[] { empty, one, _shard.Fingerprint() }.Distinct().Count());
    }

    [Fact]
    public void LabelDelay_IsAWeekUnlessSaidOtherwise()
    {
        Assert.Equal(7, _shard.LabelDelayDays);
        Assert.Same(CurrencyRates.Default, _shard.Rates);
        var now = new ShardHistories(CurrencyRates.Default) { LabelDelayDays = 0, Facts = FraudOfADay() };
        var later = new ShardHistories(CurrencyRates.Default) { LabelDelayDays = 1, Facts = now.Facts };
        var (first, second) = (new float[FeatureSchema.Count], new float[FeatureSchema.Count]);
        now.ExtractAndAdd(Of(Midnight + DayMs), first);
        later.ExtractAndAdd(Of(Midnight + DayMs), second);
        Assert.Equal((true, 0), (first[(int)Feature.MerchantRisk1Day] > 0, second[(int)Feature.MerchantRisk1Day]));
    }

    private static FactTable FraudOfADay()
    {
        var counts = new FactCounts();
        counts.Add(Of(), isNewAtMerchant: false);
        counts.Add(Of(merchant: 9), isNewAtMerchant: false);
        counts.AddLabel(Of().Labelled(isFraud: true, Midnight));
        var facts = new FactTable();
        facts.Add(Midnight, counts);
        return facts;
    }
}

using Aegis.Core.Transactions;
using Aegis.MachineLearning.Evaluation;

namespace Aegis.Tests.MachineLearning.Evaluation;

public sealed class TrivialRulesTests
{
    private const long HourMs = 3_600_000;

    [Fact]
    public void Add_CountsACardsPaymentsOfTheLastHour()
    {
        var rules = new TrivialRules(CurrencyRates.Default);
        Add("a", minute: 0, 1_000);
        Add("a", minute: 30, 1_000);
        Add("b", minute: 31, 1_000);
        // The first is an hour old and does not count.
        Add("a", minute: 60, 90_000, new FraudLabel(true, "lost_card"));
        Assert.Equal(new ThresholdPoint(2, 0.5, 1), rules.HourCount.BestF1());
        Assert.Equal((1.0, 1.0), (rules.Amount.BestF1().Precision, rules.Amount.BestF1().Recall));
        Assert.Equal(900, TrivialRules.AmountAt(rules.Amount.BestF1().Level), 5.0);
        Assert.Equal([(false, ""), (true, "lost_card")], rules.Kinds);
        Assert.Equal((3, 1 / 3.0, 0.0), (
            rules.CountOf((false, "")), rules.CaughtByHourCount((false, ""), 2), rules.CaughtByAmount(
                (false, ""), rules.Amount.BestF1().Level)));

        void Add(string card, int minute, long amountMinor, FraudLabel label = default) =>
            rules.Add(new LabelledTransaction(
                TestTransactions.Valid($"{card}{minute}", card, TestTransactions.Noon.AddMinutes(minute), amountMinor), label));
    }

    [Theory]
    [InlineData(HourMs, 1)]
    [InlineData(HourMs - 1, 2)]
    [InlineData(0, 2)]
    public void Add_OfASecondPayment_CountsOneOfLessThanAnHourAgo(long laterMs, int level)
    {
        var rules = new TrivialRules(CurrencyRates.Default);
        rules.Add(Genuine(0));
        rules.Add(new LabelledTransaction(
            TestTransactions.Valid("b", at: TestTransactions.Noon.AddMilliseconds(laterMs)), new FraudLabel(true, "x")));
        Assert.Equal(level, rules.HourCount.BestF1().Level);
    }

    [Fact]
    public void Add_OfManyPayments_CountsUpTo64()
    {
        var rules = new TrivialRules(CurrencyRates.Default);
        for (var i = 0; i < 70; i++)
        {
            rules.Add(Genuine(i));
        }

        // The 64th to the 70th are of the highest level, the 63rd is not.
        Assert.Equal(7 / 70.0, rules.CaughtByHourCount((false, ""), 64));
        Assert.Equal(8 / 70.0, rules.CaughtByHourCount((false, ""), 63));
        Assert.Equal(1, rules.CaughtByHourCount((false, ""), 1));
    }

    /// <summary>Levels are half a percent apart, and an amount is at least what its level means.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(4_120)]
    [InlineData(1_000_000)]
    public void Amount_OfAPayment_LiesWithinHalfAPercentAboveItsLevel(long minor)
    {
        var rules = new TrivialRules(CurrencyRates.Default);
        rules.Add(new LabelledTransaction(TestTransactions.Valid(amountMinor: minor), new FraudLabel(true, "x")));
        var level = rules.Amount.BestF1().Level;
        Assert.InRange(minor / 100.0 / TrivialRules.AmountAt(level), 1 - 1e-9, Math.Exp(1 / 200.0));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(TransactionRules.MaxAmountMinor, 4_095)]
    public void Amount_BeyondTheLevels_IsOfTheOutermost(long minor, int level)
    {
        var rules = new TrivialRules(CurrencyRates.Default);
        rules.Add(new LabelledTransaction(TestTransactions.Valid(amountMinor: minor), new FraudLabel(true, "x")));
        Assert.Equal(level, rules.Amount.BestF1().Level);
    }

    [Fact]
    public void Kinds_TellScenariosAndLookAlikesApart()
    {
        var rules = new TrivialRules(CurrencyRates.Default);
        foreach (var (label, amountMinor) in new[]
        {
            (new FraudLabel(true, "b"), 100), (new FraudLabel(true, "a"), 5_000), (new FraudLabel(true, "a"), 100),
            (new FraudLabel(false, "a"), 5_000), (default, 100),
        })
        {
            rules.Add(new LabelledTransaction(TestTransactions.Valid(amountMinor: amountMinor), label));
        }

        Assert.Equal([(false, ""), (false, "a"), (true, "a"), (true, "b")], rules.Kinds);
        Assert.Equal([1, 1, 2, 1], rules.Kinds.Select(rules.CountOf));
        // 20 EUR lie between the amounts.
        var level = (int)((Math.Log(20) + 6.9) * 200);
        Assert.Equal([0, 1, 0.5, 0], rules.Kinds.Select(kind => rules.CaughtByAmount(kind, level)));
    }

    private static LabelledTransaction Genuine(long laterMs) =>
        new(TestTransactions.Valid("a", at: TestTransactions.Noon.AddMilliseconds(laterMs)), default);
}

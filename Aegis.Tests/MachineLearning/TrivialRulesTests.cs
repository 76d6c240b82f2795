using Aegis.Core.Transactions;
using Aegis.MachineLearning.Evaluation;

namespace Aegis.Tests.MachineLearning;

public sealed class TrivialRulesTests
{
    [Fact]
    public void Curve_OfFourLevels_HasTheClosedForms()
    {
        var curve = new ThresholdCurve(4);
        // Level 3: 1 fraud; level 2: 1 fraud, 1 genuine; level 0: 2 frauds, 5 genuine.
        foreach (var (level, isFraud, count) in new[] { (3, true, 1), (2, true, 1), (2, false, 1), (0, true, 2), (0, false, 5) })
        {
            for (var i = 0; i < count; i++)
            {
                curve.Add(level, isFraud);
            }
        }

        Assert.Equal(4, curve.Frauds);
        Assert.Equal(new ThresholdPoint(2, 2 / 3.0, 0.5), curve.BestF1());
        Assert.Equal(new ThresholdPoint(3, 1, 0.25), curve.BestF1(fromLevel: 3));
        Assert.Equal(new ThresholdPoint(3, 1, 0.25), curve.MostPreciseWith(0.25));
        Assert.Equal(new ThresholdPoint(0, 0.4, 1), curve.MostPreciseWith(0.51));
        Assert.Equal((0.25 * 1) + (0.25 * 2 / 3.0) + (0.5 * 0.4), curve.AveragePrecision(), 1e-12);
        Assert.True(double.IsNaN(new ThresholdCurve(4).AveragePrecision()));
        Assert.Equal(default, new ThresholdCurve(4).BestF1());
    }

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
}

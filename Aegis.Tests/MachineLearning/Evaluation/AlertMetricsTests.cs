using Aegis.MachineLearning.Evaluation;

namespace Aegis.Tests.MachineLearning.Evaluation;

public sealed class AlertMetricsTests
{
    [Fact]
    public void CardPrecision_TakesEachCardsHighestScoreOfAPeriod()
    {
        // Cards a, b and c; a's only fraud has a low score but its other payment a high one: the card is found.
        Assert.Equal(1, AlertMetrics.CardPrecision([9, 1, 5, 2], [false, true, false, false], ["a", "a", "b", "c"], [0, 0, 0, 0], k: 1));
        Assert.Equal(0, AlertMetrics.CardPrecision([4, 1, 5, 2], [false, true, false, false], ["a", "a", "b", "c"], [0, 0, 0, 0], k: 1));
        Assert.Equal(0.5, AlertMetrics.CardPrecision([4, 1, 5, 2], [false, true, false, false], ["a", "a", "b", "c"], [0, 0, 0, 0], k: 2));
    }

    [Fact]
    public void CardPrecision_OfFewerCardsThanLookedAt_DividesByWhatIsLookedAt() =>
        Assert.Equal(0.2, AlertMetrics.CardPrecision([1, 2], [true, true], ["a", "a"], [3, 3], k: 5));

    [Fact]
    public void CardPrecision_OfTies_GoesByTheCard()
    {
        Assert.Equal(1, AlertMetrics.CardPrecision([1, 1], [false, true], ["b", "a"], [0, 0], k: 1));
        Assert.Equal(0, AlertMetrics.CardPrecision([1, 1], [true, false], ["b", "a"], [0, 0], k: 1));
        // Ordinally, so that a capital comes first.
        Assert.Equal(1, AlertMetrics.CardPrecision([1, 1], [true, false], ["B", "a"], [0, 0], k: 1));
    }

    [Fact]
    public void CardPrecision_TakesPeriodsInTheirOrder_AndTheirMean()
    {
        // Period 2 comes before 7: there a is found, so of period 7 b is looked at, whose payment is genuine.
        Assert.Equal(0.5, AlertMetrics.CardPrecision([9, 5, 9], [true, false, true], ["a", "b", "a"], [7, 7, 2], k: 1));
        // A card that was looked at and was genuine is looked at again.
        Assert.Equal(0.5, AlertMetrics.CardPrecision([9, 9], [false, true], ["a", "a"], [0, 1], k: 1));
    }

    [Fact]
    public void CardPrecision_OfNothing_IsNoNumber() => Assert.Equal(double.NaN, AlertMetrics.CardPrecision([], [], [], [], 10));

    [Fact]
    public void PrecisionAndRecall_OfFlaggedPayments_CountsFraudsAmongThem()
    {
        bool[] frauds = [true, false, true, true];
        Assert.Equal((2 / 3.0, 2 / 3.0), AlertMetrics.PrecisionAndRecall([true, true, true, false], frauds));
        Assert.Equal((0.5, 1 / 3.0), AlertMetrics.PrecisionAndRecall([true, true, false, false], frauds));
        Assert.Equal((0.0, 0.0), AlertMetrics.PrecisionAndRecall([false, false, false, false], frauds));
        Assert.Equal((0.75, 1.0), AlertMetrics.PrecisionAndRecall([true, true, true, true], frauds));
        Assert.Equal((0.0, 0.0), AlertMetrics.PrecisionAndRecall([true, true], [false, false]));
    }
}

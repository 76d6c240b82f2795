using Aegis.Core.Decisions;
using Aegis.MachineLearning.Evaluation;

namespace Aegis.Tests.MachineLearning;

public sealed class EvaluationTests
{
    private static readonly bool[] Labels = [true, false, true, false];

    [Fact]
    public void Auroc_OfKnownRanking_IsTheShareOfRightPairs() => Assert.Equal(0.75, RankingMetrics.Auroc([4, 3, 2, 1], Labels));

    [Fact]
    public void Auroc_OfTies_CountsThemHalf() => Assert.Equal(0.5, RankingMetrics.Auroc([1, 1, 1, 1], Labels));

    [Fact]
    public void AveragePrecision_OfKnownRanking_IsTheSumOverRecallSteps() =>
        Assert.Equal((0.5 * 1) + (0.5 * (2.0 / 3)), RankingMetrics.AveragePrecision([4, 3, 2, 1], Labels), 12);

    [Fact]
    public void AveragePrecision_OfTies_IsTheBaseRate() => Assert.Equal(0.5, RankingMetrics.AveragePrecision([1, 1, 1, 1], Labels));

    [Fact]
    public void CardPrecision_LeavesOutCardsFoundBefore()
    {
        // Day 0: card a is found. Day 1: a is left out, so b, not fraudulent, is looked at.
        var precision = AlertMetrics.CardPrecision([9, 1, 9, 5], [true, false, true, false], ["a", "b", "a", "b"], [0, 0, 1, 1], k: 1);
        Assert.Equal(0.5, precision);
    }

    [Fact]
    public void PrecisionAndRecall_CountsFlaggedFrauds() =>
        Assert.Equal((0.5, 0.5), AlertMetrics.PrecisionAndRecall([true, true, false, false], Labels));

    [Fact]
    public void FromBudget_FlagsTheBudgetedCardsADay()
    {
        // 100 payments of 100 cards in a day; 500 per 10,000 are 5 cards.
        var scored = Enumerable.Range(0, 100).Select(i => ($"c{i}", 0, (double)i)).ToList();
        var policy = DecisionPolicy.FromBudget(scored, new AlertBudget(500, 0.2));
        Assert.Equal((95, 99), (policy.ReviewAt, policy.DeclineAt));
        Assert.Equal(DecisionOutcome.Review, policy.Decide(95, ulong.MaxValue));
        Assert.Equal(DecisionOutcome.Approve, policy.Decide(94.9, 0));
        Assert.Equal(DecisionOutcome.Decline, policy.Decide(99, ulong.MaxValue));
    }

    [Theory]
    [InlineData("2018-07-25..2018-07-31", 7)]
    [InlineData("2018-07-25..2018-07-25", 1)]
    public void DateRange_CountsBothEnds(string text, int days)
    {
        Assert.True(DateRange.TryParse(text, out var range));
        Assert.Equal(days, range.Days);
    }

    [Theory]
    [InlineData("2018-07-31..2018-07-25")]
    [InlineData("yesterday")]
    [InlineData("2018-07-31")]
    public void DateRange_RefusesNonsense(string text) => Assert.False(DateRange.TryParse(text, out _));
}

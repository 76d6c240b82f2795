using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.Training.Evaluating;

namespace Aegis.Tests.Training.Evaluating;

public sealed class SplitJudgeTests
{
    [Theory]
    [InlineData(false, 0.5)]
    [InlineData(true, 1.0)]
    public void Rank_OfAFraudOnOneOfTwoDays_CountsTheOtherDayOnlyByDay(bool isWeekly, double expected)
    {
        var judge = new SplitJudge(TwoDays(), budget: 100, k: 1, isWeekly ? AlertPeriod.Week : AlertPeriod.Day);
        Assert.Equal(expected, judge.Rank([9, 1, 2, 3]).CardPrecision);
    }

    [Fact]
    public void Measure_AgainstTheThresholdOfTheDaysFittedOn_FindsWhatLiesAboveIt()
    {
        var judge = new SplitJudge(TwoDays(), budget: 10_000, k: 1, AlertPeriod.Day);
        // Every card may be flagged, so that the least score of the day fitted on is the threshold.
        var measured = judge.Measure([5, 6], [9, 5.5, 2, 3]);
        Assert.Equal((0.5, 1.0), (measured.Precision, measured.Recall));
        Assert.Equal([("bust_out", 1.0)], measured.RecallByScenario.Select(recall => (recall.Key, recall.Value)));
    }

    [Fact]
    public void Measure_OfScoresThatTieAtTheThreshold_FlagsTheShareThatTheBudgetAllows()
    {
        // One of the two cards fitted on may be flagged, so half of the payments that tie are: those with the lower two hashes.
        var measured = new SplitJudge(TwoDays(), budget: 5_000, k: 1, AlertPeriod.Day).Measure([5, 5], [5, 5, 5, 5]);
        Assert.Equal((0.5, 1.0), (measured.Precision, measured.Recall));
    }

    [Fact]
    public void FraudsOf_AScenario_CountsItAmongTheRowsToJudge() =>
        Assert.Equal((1, 0), (TwoDays().FraudsOf("bust_out"), TwoDays().FraudsOf("slow_drip")));

    [Fact]
    public void Summary_OfASplit_CountsItsRows() => Assert.Equal(
        new SplitSummary(SmallDataset.Days(0, 0), 2, SmallDataset.Days(1, 2), 4, 1), SplitSummary.Of(TwoDays()));

    [Fact]
    public void RequireFraud_OfASplitWithOne_IsContent() => TwoDays().RequireFraud();

    /// <summary>Two payments to fit on, and two on each of two days to judge, the first of them a fraud.</summary>
    private static EvaluationSplit TwoDays()
    {
        var split = new EvaluationSplit(SmallDataset.Days(0, 0), SmallDataset.Days(1, 2), labelDelay: 0, removeKnown: false);
        for (var row = 0; row < 6; row++)
        {
            var label = row == 2 ? new FraudLabel(true, "bust_out") : default;
            split.Add(new float[FeatureSchema.Count], $"card-{row}", SmallDataset.First.DayNumber + (row / 2), label, velocity: 0,
                (ulong)row << 61);
        }

        return split;
    }
}

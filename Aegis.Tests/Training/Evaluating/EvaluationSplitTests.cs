using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Evaluating;

namespace Aegis.Tests.Training.Evaluating;

public sealed class EvaluationSplitTests
{
    private static readonly DateOnly First = new(2018, 7, 1);
    private static readonly DateRange Train = new(First, First.AddDays(6));
    private static readonly DateRange Test = new(First.AddDays(14), First.AddDays(20));

    [Fact]
    public void Add_DealsPaymentsByTheirDay()
    {
        var split = new EvaluationSplit(Train, Test, labelDelay: 7, removeKnown: false);
        foreach (var day in new[] { -1, 0, 6, 7, 13, 14, 20, 21 })
        {
            split.Add(
                new float[FeatureSchema.Count], $"card {day}", First.DayNumber + day, new FraudLabel(day == 14, day == 14 ? "burst" : null),
                day, (ulong)(day + 100));
        }

        Assert.Equal(["card 0", "card 6"], split.Train.Cards);
        Assert.Equal(["card 14", "card 20"], split.Test.Cards);
        Assert.Equal([0, 6], split.TrainVelocity);
        Assert.Equal([14, 20], split.TestVelocity);
        Assert.Equal([100UL, 106], split.Train.IdHashes);
        Assert.Equal([114UL, 120], split.Test.IdHashes);
        Assert.Equal(["burst", null], split.TestScenarios);
        Assert.Equal([true, false], split.Test.Frauds);
    }

    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 2)]
    public void Add_OfACardWhoseFraudIsKnown_LeavesItOutOnceTheDelayIsOver(bool removeKnown, int judged)
    {
        var split = new EvaluationSplit(Train, Test, labelDelay: 7, removeKnown);
        // A fraud before the days to fit on does not count; one on day 7 is known from day 15 on.
        Add(-3, isFraud: true, "other");
        Add(7, isFraud: true, "card");
        Add(14, isFraud: false, "card");
        Add(15, isFraud: false, "card");
        Add(16, isFraud: false, "other");
        Assert.Equal(judged, split.Test.Count);
        Assert.Contains("other", split.Test.Cards);
        Assert.Contains(First.DayNumber + 14, split.Test.Days);

        void Add(int day, bool isFraud, string card) =>
            split.Add(new float[FeatureSchema.Count], card, First.DayNumber + day, new FraudLabel(isFraud, null), 0, 0);
    }

    [Fact]
    public void DaysToJudge_ThatOverlapThoseFittedOn_AreRefused()
    {
        Assert.Equal(
            "The days to judge are 2018-07-07..2018-07-20; allowed: days after 2018-07-01..2018-07-07, which are fitted on.",
            Assert.Throws<ArgumentException>(
                () => new EvaluationSplit(Train, new DateRange(First.AddDays(6), First.AddDays(19)), 7, true)).Message);
        Assert.Equal(
            First.AddDays(7), new EvaluationSplit(Train, new DateRange(First.AddDays(7), First.AddDays(7)), 7, true).TestDays.First);
    }
}

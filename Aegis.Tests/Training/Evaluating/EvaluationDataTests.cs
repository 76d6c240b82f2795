using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Evaluating;

namespace Aegis.Tests.Training.Evaluating;

public sealed class EvaluationDataTests
{
    private static readonly DateOnly First = DateOnly.FromDateTime(TestTransactions.Noon.Date);

    [Fact]
    public void Read_CountsACardsPaymentsOfTheDayBefore()
    {
        var split = Split();
        Read(split, false, ("a", 24), ("a", 25), ("b", 26), ("a", 48 - (1 / 3_600_000.0)), ("a", 48), ("a", 49));
        // At 48 hours the payment of 24 hours before counts no more, nor at 49 that of 25.
        Assert.Equal([0, 1, 0, 2, 2, 2], split.TestVelocity);
    }

    [Fact]
    public void Read_EndsWithTheLastDayThatIsJudged()
    {
        var split = Split();
        var read = 0;
        EvaluationData.Read(
            Stream([("a", 0), ("a", 24), ("a", 24 * 30), ("a", 24 * 31), ("a", 24 * 32)]).Select(row =>
            {
                read++;
                return row;
            }), [split], shards: 2, labelDelayDays: 1, feedsLabels: false);
        Assert.Equal((1, 2), (split.Train.Count, split.Test.Count));
        Assert.Equal(4, read);
    }

    [Fact]
    public void Read_DealsToEachSplit()
    {
        var (early, late) = (Split(), new EvaluationSplit(
            new DateRange(First, First.AddDays(1)), new DateRange(First.AddDays(2), First.AddDays(3)), labelDelay: 0, removeKnown: false));
        EvaluationData.Read(Stream([("a", 0), ("a", 24), ("a", 48)]), [early, late], shards: 2, labelDelayDays: 1, feedsLabels: false);
        Assert.Equal((1, 2, 2, 1), (early.Train.Count, early.Test.Count, late.Train.Count, late.Test.Count));
        // Days before warm the histories: the second payment knows of the first.
        Assert.Equal(Math.Log(2), early.Test[0][(int)Feature.CardAge], 1e-6);
    }

    [Theory]
    [InlineData(47.99, false)]
    [InlineData(48, true)]
    public void Read_FeedsALabelBeforeTheFirstPaymentAfterItsDelay(double hours, bool isKnown)
    {
        foreach (var feeds in new[] { false, true })
        {
            var split = Split();
            Read(split, feeds, ("fraud", 0), ("fraud", hours));
            var since = split.Test[0][(int)Feature.SinceFraudLog];
            Assert.Equal(feeds && isKnown ? 0 : Math.Log(366), since, 1e-5);
        }
    }

    private static EvaluationSplit Split() => new(
        new DateRange(First, First), new DateRange(First.AddDays(1), First.AddDays(30)), labelDelay: 0, removeKnown: false);

    private static void Read(EvaluationSplit split, bool feedsLabels, params (string Card, double Hours)[] payments) =>
        EvaluationData.Read(Stream(payments), [split], shards: 2, labelDelayDays: 2, feedsLabels);

    private static IEnumerable<LabelledTransaction> Stream((string Card, double Hours)[] payments) => payments.Select(
        (payment, i) => new LabelledTransaction(
            TestTransactions.Valid($"t-{i}", payment.Card, TestTransactions.Noon.AddHours(payment.Hours)),
            new FraudLabel(payment.Card == "fraud")));
}

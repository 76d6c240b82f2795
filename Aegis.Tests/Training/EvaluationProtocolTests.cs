using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Evaluating;
using Aegis.Training.Sources;

namespace Aegis.Tests.Training;

public sealed class EvaluationProtocolTests
{
    [Fact]
    public void Handbook_ByItsProtocol_HasThePublishedCountsAndAmountBaseline()
    {
        Assert.True(DateRange.TryParse("2018-07-25..2018-07-31", out var train));
        Assert.True(DateRange.TryParse("2018-08-08..2018-08-14", out var test));
        var stream = TransactionSource.Read(Repository.SharedData("handbook-2018-04-01_08-14.csv.gz"), "handbook");
        var data = new EvaluationSplit(train, test, labelDelay: 7, removeKnown: true);
        EvaluationData.Read(stream, [data], shards: 16, labelDelayDays: 7, feedsLabels: false);

        Assert.Equal((67_240, 598), (data.Train.Count, data.Train.Frauds.Count(f => f)));
        Assert.Equal((58_264, 385), (data.Test.Count, data.Test.Frauds.Count(f => f)));

        var amounts = Enumerable.Range(0, data.Test.Count).Select(row => (double)data.Test[row][(int)Feature.AmountLog]).ToArray();
        var frauds = data.Test.Frauds.ToArray();
        Assert.Equal(.580, RankingMetrics.Auroc(amounts, frauds), 0.0005);
        Assert.Equal(.138, RankingMetrics.AveragePrecision(amounts, frauds), 0.0005);
        Assert.Equal(.067, AlertMetrics.CardPrecision(amounts, frauds, data.Test.Cards, data.Test.Days, 100), 0.0005);
    }

    [Fact]
    public void Read_WithLabelFeatures_ShowsAFraudOnlyAfterItsDelay()
    {
        Assert.True(DateRange.TryParse("2026-03-01..2026-03-01", out var train));
        Assert.True(DateRange.TryParse("2026-03-02..2026-03-20", out var test));
        // One payment a day of every card, at one of two merchants; the first is a fraud.
        var stream = Enumerable.Range(0, 20 * 24).Select(hour => new LabelledTransaction(
            TestTransactions.Valid($"t-{hour}", $"card-{hour % 24}", TestTransactions.Noon.AddHours(hour - 12)) with
            {
                MerchantId = hour % 2 == 0 ? "risky" : "other",
            }, new FraudLabel(hour == 0))).ToList();
        foreach (var feeds in new[] { false, true })
        {
            var split = new EvaluationSplit(train, test, labelDelay: 7, removeKnown: false);
            EvaluationData.Read(stream, [split], shards: 4, labelDelayDays: 7, feedsLabels: feeds);
            var risky = Enumerable.Range(0, split.Test.Count)
                .Where(row => split.Test[row][(int)Feature.MerchantRisk30Days] != 0)
                .Select(row => split.Test.Days[row] - train.First.DayNumber).ToList();
            Assert.Equal(feeds ? 8 : -1, risky.Count == 0 ? -1 : risky.Min());
        }
    }
}

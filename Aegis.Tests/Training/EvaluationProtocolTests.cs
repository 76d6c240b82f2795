using Aegis.Core.Evaluation;
using Aegis.Core.Features;
using Aegis.Training;

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
}

using Aegis.Training.Evaluating;
using Aegis.Training.Tables;

namespace Aegis.Tests.Training.Tables;

public sealed class TableResultTests
{
    [Fact]
    public void Over_OneSeed_HasNoDeviation() => Assert.Equal(
        new TableResult(Detector.Forest, 0.9, 0, 0.4, 0, 2, 1_000),
        TableResult.Over(Detector.Forest, [new TableMeasurement(0.9, 0.4, 2, 1_000)]));

    [Fact]
    public void Over_SeveralSeeds_HasMeansSampleDeviationsAndMedians()
    {
        var result = TableResult.Over(
            Detector.TailSum, [new(0.5, 0.1, 9, 10), new(0.7, 0.1, 1, 40), new(0.9, 0.1, 2, 20)]);
        Assert.Equal((0.7, 0.2), (Math.Round(result.Auroc, 12), Math.Round(result.AurocSd, 12)));
        Assert.Equal((0.1, 0), (Math.Round(result.Ap, 12), Math.Round(result.ApSd, 12)));
        Assert.Equal((Detector.TailSum, 2, 20), (result.Detector, result.FitSeconds, result.RowsPerSecond));
    }

    [Fact]
    public void Over_AnEvenNumberOfSeeds_TakesTheMeanOfTheMiddleTwo()
    {
        var result = TableResult.Over(Detector.Forest, [new(0, 0, 8, 4), new(0, 0, 1, 3), new(0, 0, 3, 2), new(0, 0, 5, 1)]);
        Assert.Equal((4, 2.5), (result.FitSeconds, result.RowsPerSecond));
    }
}

using Aegis.Core.Numerics;
using Aegis.MachineLearning.Evaluation;
using Aegis.MachineLearning.Tables;
using Aegis.MachineLearning.TailSums;

namespace Aegis.Tests.MachineLearning;

public sealed class TailSumTests
{
    [Fact]
    public void Score_OfDirectedColumns_AddsUpTheirTails()
    {
        // 0 to 99 in the first column, 0 but for one 1 in the second.
        float[] rows = [.. Enumerable.Range(0, 100).SelectMany(row => new[] { row, row == 50 ? 1f : 0 })];
        var sum = TailSum.Fit(rows, [true, true]);
        // (1 + 50) / 101 of the reference are at least 50; (1 + 1) / 101 at least 1.
        var expected = -Math.Log(51 / 101.0) - Math.Log(2 / 101.0);
        var summands = new double[2];
        Assert.Equal(expected, sum.Explain([50, 1], summands), 0.02);
        Assert.Equal(sum.Score([50, 1]), summands.Sum(), 12);
        Assert.Equal(-Math.Log(51 / 101.0), summands[0], 0.02);
        Assert.Equal(0, sum.Score([0, 0]));
        // Nothing counts for more than the reference can vouch for.
        Assert.Equal(2 * Math.Log(101), sum.Score([1e9f, 1e9f]), 9);
    }

    [Fact]
    public void Score_OfColumnsWithoutASide_SeesBothTails()
    {
        var random = new SeededRandom(5);
        float[] rows = [.. Enumerable.Range(0, 2_000).Select(_ => (float)random.NextNormal())];
        var sum = TailSum.Fit(rows, [false]);
        Assert.True(sum.Score([-4]) > sum.Score([-2]) && sum.Score([-2]) > sum.Score([0]));
        Assert.True(sum.Score([4]) > sum.Score([2]) && sum.Score([2]) > sum.Score([0]));
    }

    [Fact]
    public void Score_OfConstantColumns_IsZero()
    {
        var sum = TailSum.Fit([3, 3, 3, 3], [true]);
        Assert.Equal(0, sum.Score([3]));
        Assert.True(double.IsFinite(sum.Score([float.PositiveInfinity])));
        Assert.Equal(0, sum.Score([float.NaN]));
    }

    [Theory]
    [InlineData("23_mammography", 0.900, 0.422)]
    [InlineData("6_cardio", 0.881, 0.464)]
    [InlineData("32_shuttle", 0.993, 0.908)]
    public void Score_OnAdBench_IsThatOfEcod(string table, double auroc, double averagePrecision)
    {
        var (rows, columns, labels) = AdBenchTable.Read(Repository.SharedData($"adbench/{table}.csv.gz"));
        var scores = new double[labels.Length];
        TableModelTrainer.FitTailSum(rows, columns).Score(rows, labels.Length, scores);
        Assert.Equal(auroc, RankingMetrics.Auroc(scores, labels), 0.02);
        Assert.Equal(averagePrecision, RankingMetrics.AveragePrecision(scores, labels), 0.03);
    }
}

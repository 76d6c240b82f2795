using Aegis.Core.Numerics;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.Evaluation;
using Aegis.MachineLearning.Tables;
using Aegis.MachineLearning.TailSums;

namespace Aegis.Tests.MachineLearning.TailSums;

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

    /// <summary>Columns whose level is the value itself, from 0 to 3: the first high only, the second skewed high, the third low.</summary>
    [Theory]
    [InlineData(1, 2, -2, new double[] { 1, 2, 2 })]
    [InlineData(1, 2, 2, new double[] { 1, 2, 2 })]
    [InlineData(1, -2, -1, new double[] { 1, 2, 1 })]
    [InlineData(0, -2, 2, new double[] { 0, 0, 2 })]
    [InlineData(1, 2, 1, new double[] { 1, 2, 1 })]
    [InlineData(-3, 0.5, 0.25, new double[] { 0, 0.5, 0.25 })]
    [InlineData(5, -9, 0, new double[] { 3, 3, 0 })]
    public void Score_OfColumnsOfAllKinds_IsTheLargestOfThreeSums(float first, float second, float third, double[] expected)
    {
        var level = new ScoreCalibrator([0, 1], jointLevel: 1, highestLevel: 3, tailShape: 0, tailScale: 1);
        var sum = new TailSum([new(level, null, false), new(level, level, false), new(level, level, true)]);
        var summands = new double[3];
        Assert.Equal(expected.Sum(), sum.Explain([first, second, third], summands), 1e-12);
        Assert.Equal(expected.Sum(), sum.Score([first, second, third]), 1e-12);
        Assert.Equal(expected, summands);
    }

    [Theory]
    [InlineData(new float[] { 1, 1, 1, 1, -9 }, true)]
    [InlineData(new float[] { 1, 1, 1, 1, 9 }, false)]
    [InlineData(new float[] { 1, 2, 3, 4, 5 }, false)]
    public void Fit_OfAColumnWithoutASide_TellsWhereItIsLong(float[] values, bool isLongBelow) =>
        Assert.Equal(isLongBelow, Assert.Single(TailSum.Fit(values, [false]).Columns).IsLongBelow);

    [Fact]
    public void Fit_TakesEachColumnsOwnValues()
    {
        // Rows of (i, 10 i): one in eleven reaches the highest value of its column.
        var sum = TailSum.Fit([.. Enumerable.Range(1, 10).SelectMany(i => new float[] { i, 10 * i })], [true, false]);
        Assert.Equal(
            (true, false), (sum.Columns[0].Lower is null, sum.Columns[1].Lower is null));
        var summands = new double[2];
        sum.Explain([10, 10], summands);
        Assert.Equal(-Math.Log(2 / 11.0), summands[0], 1e-9);
        sum.Explain([1, 100], summands);
        Assert.Equal(-Math.Log(2 / 11.0), summands[1], 1e-9);
        sum.Explain([1, 10], summands);
        Assert.Equal(-Math.Log(2 / 11.0), summands[1], 1e-9);
    }

    [Fact]
    public void Score_OfRows_IsThatOfEachAlone()
    {
        var random = new SeededRandom(6);
        float[] rows = [.. Enumerable.Range(0, 300).Select(_ => (float)random.NextNormal())];
        var sum = TailSum.Fit(rows, [true, false, false]);
        var scores = new double[102];
        scores.AsSpan().Fill(-1);
        sum.Score(rows, 100, scores);
        Assert.Equal(Enumerable.Range(0, 100).Select(row => sum.Score(rows.AsSpan(3 * row, 3))), scores[..100]);
        Assert.Equal([-1, -1], scores[100..]);
    }

    [Fact]
    public void ATailSum_OfNothing_IsRefused()
    {
        Assert.Equal("0 columns; allowed: 1 or more. (Parameter 'columns')", Refusal(() => new TailSum([])));
        Assert.Equal(
            "1 values of 2 columns; allowed: one column and one row, or more. (Parameter 'rows')",
            Refusal(() => TailSum.Fit([1], [true, true])));
        Assert.Equal(
            "1 values of 0 columns; allowed: one column and one row, or more. (Parameter 'rows')", Refusal(() => TailSum.Fit([1], [])));
        Assert.Equal(
            "Row 1, column 0 is 'NaN'; allowed: any number. (Parameter 'rows')",
            Refusal(() => TailSum.Fit([1, float.NegativeInfinity, float.NaN, 2], [true, true])));
        Assert.Single(TailSum.Fit([1], [true]).Columns);

        static string Refusal(Func<TailSum> make) => Assert.Throws<ArgumentException>(make).Message;
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

using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.Tables;

namespace Aegis.Tests.MachineLearning.Tables;

public sealed class FusedTableScorerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(600)]
    public void Score_IsTheSixthPowerNormOfEachDetectorsLevel(int count)
    {
        // Scores are a row's first number, its second, or their sum; the references are 1 to 1,000 of each.
        var (first, second, sum) = (Of(row => row[0]), Of(row => row[1]), Of(row => row[0] + row[1]));
        var fused = new FusedTableScorer(first, second, sum);
        Assert.Equal(2, fused.Columns);
        float[] rows = [.. Enumerable.Range(0, count).SelectMany(row => new float[] { row * 3 % 997, row * 7 % 991 })];
        var scores = new double[count];
        fused.Score(rows, count, scores);
        for (var row = 0; row < count; row++)
        {
            var (x, y) = (rows[2 * row], rows[(2 * row) + 1]);
            double[] levels = [first.Level.Of(x), first.Level.Of(y), first.Level.Of(x + y)];
            Assert.Equal(Math.Pow(levels.Sum(level => Math.Pow(level, 6)), 1 / 6.0), scores[row], 9);
        }
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 3, 3)]
    [InlineData(1e300, 1, 1e300)]
    public void Norm_OfAnything_IsNeverBelowTheLargest(double one, double other, double expected) =>
        Assert.Equal(expected, FusedTableScorer.Norm(one, other), 1e-9 * Math.Max(1, expected));

    /// <summary>One detector sees ten rows far out; the other has merely highest rows.</summary>
    [Fact]
    public void Score_OfWhatOneDetectorAloneFindsExtreme_IsAboveWhatMerelyRanksHigh()
    {
        float[] rows = [.. Enumerable.Range(0, 1_000).SelectMany(
            row => new float[] { row * 7 % 1_000, row < 10 ? 9_000 + row : row * 13 % 1_000 })];
        var fused = new FusedTableScorer(
            LevelledScorer.Fit(new Formula(row => row[0]), rows), LevelledScorer.Fit(new Formula(row => row[1]), rows));
        var scores = new double[1_000];
        fused.Score(rows, 1_000, scores);
        Assert.True(scores[..10].Min() > scores[10..].Max());
    }

    [Fact]
    public void Fit_WithAPower_ComparesThePowersOfScores()
    {
        float[] rows = [.. Enumerable.Range(1, 400).SelectMany(i => new float[] { i * i, 0 })];
        var squares = LevelledScorer.Fit(new Formula(row => row[0]), rows, 0.5);
        var plain = LevelledScorer.Fit(new Formula(row => MathF.Sqrt(row[0])), rows);
        Assert.All(new[] { -5.0, 0, 9, 3_000, 1e6, 1e300 }, score => Assert.Equal(
            plain.LevelOf(Math.Sqrt(Math.Max(0, score))), squares.LevelOf(score), 1e-9 * plain.LevelOf(1e150)));
    }

    [Fact]
    public void Score_OfRowsThatDoNotFit_IsRefused()
    {
        var scorer = Of(row => row[0]);
        var fused = new FusedTableScorer(scorer, scorer, scorer);
        Assert.Throws<ArgumentException>(() => fused.Score(new float[3], 2, new double[2]));
        Assert.Throws<ArgumentException>(() => fused.Score(new float[4], 2, new double[1]));
        Assert.Throws<ArgumentException>(() => new FusedTableScorer());
    }

    private static LevelledScorer Of(Func<float[], double> score) =>
        new(new Formula(score), BodyLevel.Fit([.. Enumerable.Range(1, 1_000).Select(i => (double)i)]));

    private sealed class Formula(Func<float[], double> score) : ITableScorer
    {
        public int Columns => 2;

        public void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores)
        {
            for (var row = 0; row < rowCount; row++)
            {
                scores[row] = score(rows.Slice(2 * row, 2).ToArray());
            }
        }
    }
}

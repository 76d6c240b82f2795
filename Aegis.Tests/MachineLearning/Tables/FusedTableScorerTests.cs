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
    public void Score_IsTheWeightedMeanOfEachDetectorsNegativeLogP(int count)
    {
        // Scores are a row's first number, its second, or their sum; the references are 1 to 1,000 of each.
        var (first, second, sum) = (Of(row => row[0]), Of(row => row[1]), Of(row => row[0] + row[1]));
        var fused = new FusedTableScorer(first, second, sum, new ScoreFusion(1, 2, 5));
        Assert.Equal(2, fused.Columns);
        float[] rows = [.. Enumerable.Range(0, count).SelectMany(row => new float[] { row * 3 % 997, row * 7 % 991 })];
        var scores = new double[count];
        fused.Score(rows, count, scores);
        for (var row = 0; row < count; row++)
        {
            var (x, y) = (rows[2 * row], rows[(2 * row) + 1]);
            var expected = (first.Calibrator.NegativeLogP(
                x) + (2 * first.Calibrator.NegativeLogP(y)) + (5 * first.Calibrator.NegativeLogP(x + y))) / 8;
            Assert.Equal(expected, scores[row], 9);
        }
    }

    [Fact]
    public void Score_OfRowsThatDoNotFit_IsRefused()
    {
        var scorer = Of(row => row[0]);
        var fused = new FusedTableScorer(scorer, scorer, scorer, ScoreFusion.Default);
        Assert.Throws<ArgumentException>(() => fused.Score(new float[3], 2, new double[2]));
        Assert.Throws<ArgumentException>(() => fused.Score(new float[4], 2, new double[1]));
    }

    private static CalibratedScorer Of(Func<float[], double> score) =>
        new(new Formula(score), ScoreCalibrator.Fit([.. Enumerable.Range(1, 1_000).Select(i => (double)i)]));

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

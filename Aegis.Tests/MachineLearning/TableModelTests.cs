using Aegis.Core.Numerics;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.Tables;

namespace Aegis.Tests.MachineLearning;

public sealed class TableModelTests
{
    [Fact]
    public void Scale_OfOrdinaryRows_HasMeanZeroAndDeviationOne()
    {
        float[] rows = [1, 7, 3, 7, 5, 7];
        var scaled = new float[6];
        ColumnScaler.Fit(rows, rows, 2).Scale(rows, scaled);
        // Mean 3, deviation sqrt(8/3); the second column never varies.
        var one = (float)(2 / Math.Sqrt(8.0 / 3));
        Assert.Equal([-one, 0, 0, 0, one, 0], scaled);
    }

    [Fact]
    public void Fit_OfColumnThatOnlyUnusualRowsVary_ScalesByThem()
    {
        float[] all = [0.1f, 0.1f, 0.1f, 0.1f, 4.1f];
        var scaled = new float[5];
        ColumnScaler.Fit(all.AsSpan(0, 4), all, 1).Scale(all, scaled);
        // Deviation of all rows: 1.6.
        Assert.Equal(0, scaled[0]);
        Assert.Equal(2.5f, scaled[4], 5);
    }

    [Fact]
    public void Score_OfPlantedOutliers_IsHighestForEveryModel()
    {
        const int Columns = 5;
        var rows = Normal(1_000, Columns, seed: 3);
        for (var row = 0; row < 10; row++)
        {
            rows.AsSpan(row * 100 * Columns, Columns).Fill(8 + row);
        }

        foreach (var scores in ScoresOf(rows, Columns))
        {
            var highest = Enumerable.Range(0, scores.Length).OrderByDescending(row => scores[row]).Take(10).Order();
            Assert.Equal(Enumerable.Range(0, 10).Select(row => row * 100), highest);
        }
    }

    [Fact]
    public void Score_OfRowsAloneOrTogether_IsTheSame()
    {
        const int Columns = 3;
        var rows = Normal(700, Columns, seed: 5);
        var (forest, autoencoder, fused) = Fit(rows, Columns);
        foreach (var scorer in new ITableScorer[] { forest, autoencoder, fused })
        {
            var together = new double[700];
            scorer.Score(rows, 700, together);
            var alone = new double[1];
            for (var row = 0; row < 700; row++)
            {
                scorer.Score(rows.AsSpan(row * Columns, Columns), 1, alone);
                Assert.Equal(together[row], alone[0]);
            }
        }
    }

    [Fact]
    public void Score_OfFusion_IsTheSixthPowerNormOfLevels()
    {
        var rows = Normal(300, 4, seed: 6);
        var (forest, autoencoder, fused) = Fit(rows, 4);
        var levels = new ITableScorer[] { forest, autoencoder, TableModelTrainer.FitTailSum(rows, 4) }
            .Select((scorer, i) => (Scorer: LevelledScorer.Fit(scorer, rows, power: i == 1 ? 0.25 : 1), Scores: ScoresOf(scorer))).ToList();
        var expected = Enumerable.Range(0, 300).Select(
            row => Math.Pow(levels.Sum(level => Math.Pow(level.Scorer.LevelOf(level.Scores[row]), 6)), 1 / 6.0));
        Assert.Equal(expected, ScoresOf(fused), (one, other) => Math.Abs(one - other) < 1e-9);

        double[] ScoresOf(ITableScorer scorer)
        {
            var scores = new double[300];
            scorer.Score(rows, 300, scores);
            return scores;
        }
    }

    [Fact]
    public void Score_OfRowsThatAreAllEqual_IsOneFiniteValue()
    {
        foreach (var scores in ScoresOf([.. Enumerable.Repeat(0.1f, 40 * 3)], 3))
        {
            Assert.True(double.IsFinite(scores[0]));
            Assert.All(scores, score => Assert.Equal(scores[0], score));
        }
    }

    [Theory]
    [InlineData(16, 1)]
    [InlineData(17, 2_048)]
    [InlineData(100, 2)]
    public void Score_OfFewRowsOrManyColumns_IsFinite(int count, int columns)
    {
        foreach (var scores in ScoresOf(Normal(count, columns, seed: 7), columns))
        {
            Assert.All(scores, score => Assert.True(double.IsFinite(score)));
            Assert.True(scores.Distinct().Count() > 1);
        }
    }

    [Fact]
    public void Score_OfTheLargestNumbers_IsFinite()
    {
        var rows = Normal(200, 3, seed: 8);
        (rows[0], rows[1], rows[2]) = (float.MaxValue, float.MinValue, float.Epsilon);
        (rows[3], rows[4]) = (float.MinValue, float.MaxValue);
        for (var row = 0; row < 200; row++)
        {
            rows[(row * 3) + 2] = row % 2 == 0 ? float.Epsilon : 0;
        }

        Assert.All(ScoresOf(rows, 3), scores => Assert.All(scores, score => Assert.True(double.IsFinite(score))));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Fit_OfNumberThatIsNone_NamesRowAndColumn(float value)
    {
        var rows = Normal(20, 3, seed: 9);
        rows[(4 * 3) + 1] = value;
        Assert.Contains("Row 4, column 1", Assert.Throws<ArgumentException>(
            () => TableModelTrainer.FitForest(rows, 3, new TableModelOptions())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15, 1)]
    [InlineData(20, 2_049)]
    [InlineData(0, 1)]
    public void Fit_OfTooFewRowsOrTooManyColumns_IsRefused(int count, int columns) =>
        Assert.Throws<ArgumentException>(() => TableModelTrainer.FitForest(new float[count * columns], columns, new TableModelOptions()));

    [Fact]
    public void Score_OfRowsThatDoNotFit_IsRefused()
    {
        var (forest, autoencoder, fused) = Fit(Normal(50, 3, seed: 10), 3);
        foreach (var scorer in new ITableScorer[] { forest, autoencoder, fused })
        {
            Assert.Throws<ArgumentException>(() => scorer.Score(new float[7], 2, new double[2]));
            Assert.Throws<ArgumentException>(() => scorer.Score(new float[6], 2, new double[1]));
        }
    }

    private static (ForestTableScorer Forest, AutoencoderTableScorer Autoencoder, FusedTableScorer Fused) Fit(float[] rows, int columns)
    {
        var options = new TableModelOptions { Seed = 4 };
        var forest = TableModelTrainer.FitForest(rows, columns, options);
        var autoencoder = TableModelTrainer.FitAutoencoder(rows, forest, options);
        return (forest, autoencoder, TableModelTrainer.Fuse(
            rows, forest, autoencoder, TableModelTrainer.FitTailSum(rows, columns)));
    }

    private static List<double[]> ScoresOf(float[] rows, int columns)
    {
        var (forest, autoencoder, fused) = Fit(rows, columns);
        return [.. new ITableScorer[] { forest, autoencoder, fused }.Select(scorer =>
        {
            var scores = new double[rows.Length / columns];
            scorer.Score(rows, scores.Length, scores);
            return scores;
        })];
    }

    private static float[] Normal(int count, int columns, ulong seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count * columns).Select(_ => (float)random.NextNormal())];
    }
}

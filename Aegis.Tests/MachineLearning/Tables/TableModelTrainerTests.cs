using Aegis.Core.Numerics;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Tables;

namespace Aegis.Tests.MachineLearning.Tables;

public sealed class TableModelTrainerTests
{
    private static readonly TableModelOptions Options = new()
    {
        Forest = new IsolationForestOptions { Trees = 10, SubsampleSizes = [16] }, Autoencoder = new AutoencoderOptions { Epochs = 2 },
    };

    [Theory]
    [InlineData(32, 0, "0 columns; allowed: 1 to 2048. (Parameter 'columns')")]
    [InlineData(32, -1, "-1 columns; allowed: 1 to 2048. (Parameter 'columns')")]
    [InlineData(32, 2_049, "2049 columns; allowed: 1 to 2048. (Parameter 'columns')")]
    [InlineData(30, 2, "15 rows to fit on; allowed: 16 or more, none cut short. (Parameter 'rows')")]
    [InlineData(33, 2, "16 rows to fit on; allowed: 16 or more, none cut short. (Parameter 'rows')")]
    [InlineData(0, 2, "0 rows to fit on; allowed: 16 or more, none cut short. (Parameter 'rows')")]
    public void Fit_OfRowsThatAreTooFewOrCut_SaysWhatIsAllowed(int values, int columns, string message)
    {
        Assert.Equal(message, Refusal(() => TableModelTrainer.FitForest(new float[values], columns, Options)));
        Assert.Equal(message, Refusal(() => TableModelTrainer.FitTailSum(new float[values], columns)));
    }

    [Theory]
    [InlineData(0, float.NaN, "Row 0, column 0 is 'NaN'; allowed: a finite number. (Parameter 'rows')")]
    [InlineData(31, float.NegativeInfinity, "Row 15, column 1 is '-Infinity'; allowed: a finite number. (Parameter 'rows')")]
    public void Fit_OfAValueThatIsNotFinite_NamesItsPlace(int at, float value, string message)
    {
        var rows = new float[32];
        rows[at] = value;
        Assert.Equal(message, Refusal(() => TableModelTrainer.FitForest(rows, 2, Options)));
        Assert.Equal(message, Refusal(() => TableModelTrainer.FitTailSum(rows, 2)));
        var forest = TableModelTrainer.FitForest(new float[32], 2, Options);
        Assert.Equal(message, Refusal(() => TableModelTrainer.FitAutoencoder(rows, forest, Options)));
    }

    [Fact]
    public void Fit_OfASeed_IsTheSame_AndOfAnotherSeedAnother()
    {
        var rows = Rows(60);
        Assert.Equal(Scores(rows, Options), Scores(rows, Options));
        Assert.NotEqual(Scores(rows, Options), Scores(rows, Options with { Seed = 2 }));
        // The seed is the table's, whatever the detectors' own options say.
        Assert.Equal(
            Scores(rows, Options),
            Scores(rows, Options with
            {
                Forest = Options.Forest with { Seed = 8 }, Autoencoder = Options.Autoencoder with { Seed = 9 },
            }));
    }

    [Fact]
    public void FitAutoencoder_LearnsFromAtMostAsManyRowsAsWanted()
    {
        var rows = Rows(60);
        var forest = TableModelTrainer.FitForest(rows, 2, Options);
        var before = (float[])rows.Clone();
        var scores = new double[60];
        TableModelTrainer.FitAutoencoder(rows, forest, Options with { AutoencoderRows = 20 }).Score(rows, 60, scores);
        var all = new double[60];
        TableModelTrainer.FitAutoencoder(rows, forest, Options with { AutoencoderRows = 57 }).Score(rows, 60, all);
        Assert.NotEqual(all, scores);
        // More than there are is as many as there are.
        var more = new double[60];
        TableModelTrainer.FitAutoencoder(rows, forest, Options with { AutoencoderRows = 58 }).Score(rows, 60, more);
        Assert.Equal(all, more);
        // The table stays as it is.
        Assert.Equal(before, rows);
    }

    private static double[] Scores(float[] rows, TableModelOptions options)
    {
        var forest = TableModelTrainer.FitForest(rows, 2, options);
        var autoencoder = TableModelTrainer.FitAutoencoder(rows, forest, options);
        var scores = new double[rows.Length / 2];
        var tailSum = TableModelTrainer.FitTailSum(rows, 2);
        TableModelTrainer.Fuse(rows, forest, autoencoder, tailSum).Score(rows, scores.Length, scores);
        return scores;
    }

    private static float[] Rows(int count)
    {
        var random = new SeededRandom(5);
        return [.. Enumerable.Range(0, 2 * count).Select(_ => (float)random.NextNormal())];
    }

    private static string Refusal(Func<ITableScorer> fit) => Assert.Throws<ArgumentException>(fit).Message;
}

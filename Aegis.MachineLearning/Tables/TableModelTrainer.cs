using Aegis.Core.Numerics;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Forests.Kernels;
using Aegis.MachineLearning.Forests.Training;
using Aegis.MachineLearning.TailSums;

namespace Aegis.MachineLearning.Tables;

/// <summary>Fits detectors on a table of numbers, as a <see cref="TableEncoder"/> gives them, without labels, times or
/// suspicious sides.</summary>
public static class TableModelTrainer
{
    /// <summary>The smallest number of rows that a table's detectors are fitted on.</summary>
    public const int MinRows = 16;

    // Squared errors grow fast: their fourth roots have a tail like those of the others.
    private const double AutoencoderPower = 0.25;

    /// <summary>The largest number of columns of a table.</summary>
    public const int MaxColumns = PackedForest.MaxColumns;

    /// <summary>Fits the isolation forest.</summary>
    /// <param name="rows">Row after row, <paramref name="columns"/> finite values each.</param>
    /// <param name="columns">Numbers per row, 1 to <see cref="MaxColumns"/>.</param>
    /// <param name="options">Trees, subsample, seed.</param>
    /// <exception cref="ArgumentException">There are too few rows or too many columns, a value is not finite, or an
    /// option is out of range.</exception>
    public static ForestTableScorer FitForest(float[] rows, int columns, TableModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(rows, columns);
        return new ForestTableScorer(IsolationForestTrainer.Train(rows, columns, options.Forest with { Seed = options.Seed }), columns);
    }

    /// <summary>Fits the autoencoder on the rows that the forest finds normal, scaled by their means and deviations.</summary>
    /// <param name="rows">As for <see cref="FitForest"/>.</param>
    /// <param name="forest">Tells which rows are normal.</param>
    /// <param name="options">Shape, trim, seed.</param>
    /// <exception cref="ArgumentException">There are too few rows or too many columns, or a value is not finite.</exception>
    public static AutoencoderTableScorer FitAutoencoder(float[] rows, ForestTableScorer forest, TableModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(forest);
        ArgumentNullException.ThrowIfNull(options);
        var columns = forest.Columns;
        Check(rows, columns);
        var normal = NormalRows(rows, forest, options);
        var scaler = ColumnScaler.Fit(normal, rows, columns);
        scaler.Scale(normal, normal);
        // A code as wide as the row would let everything through.
        var code = Math.Clamp(columns * 2 / 3, 1, options.Autoencoder.CodeUnits);
        return new AutoencoderTableScorer(
            scaler, AutoencoderTrainer.Train(normal, columns, options.Autoencoder with { Seed = options.Seed, CodeUnits = code }));
    }

    /// <summary>Fits the tail sum. No side of a column counts as the suspicious one.</summary>
    /// <param name="rows">As for <see cref="FitForest"/>.</param>
    /// <param name="columns">Numbers per row, 1 to <see cref="MaxColumns"/>.</param>
    /// <exception cref="ArgumentException">There are too few rows or too many columns, or a value is not finite.</exception>
    public static TailSumTableScorer FitTailSum(float[] rows, int columns)
    {
        Check(rows, columns);
        return new TailSumTableScorer(TailSum.Fit(rows, new bool[columns]));
    }

    /// <summary>Joins the detectors, whose levels are fitted on the rows that they were fitted on.</summary>
    /// <param name="rows">The rows of all detectors.</param>
    /// <param name="forest">The forest.</param>
    /// <param name="autoencoder">The autoencoder.</param>
    /// <param name="tailSum">The tail sum.</param>
    public static FusedTableScorer Fuse(
        float[] rows, ForestTableScorer forest, AutoencoderTableScorer autoencoder, TailSumTableScorer tailSum) => new(
        LevelledScorer.Fit(forest, rows), LevelledScorer.Fit(autoencoder, rows, AutoencoderPower), LevelledScorer.Fit(tailSum, rows));

    private static double[] Score(float[] rows, ForestTableScorer scorer)
    {
        var scores = new double[rows.Length / scorer.Columns];
        scorer.Score(rows, scores.Length, scores);
        return scores;
    }

    /// <summary>Copies of the rows that the forest finds normal, in random order. A table may be sorted, even by its
    /// label, and the last rows decide when training stops.</summary>
    private static float[] NormalRows(float[] rows, ForestTableScorer forest, TableModelOptions options)
    {
        var scores = Score(rows, forest);
        var sorted = scores.Order().ToArray();
        var limit = sorted[(int)((sorted.Length - 1) * (1 - options.AutoencoderTrim))];
        var normal = Enumerable.Range(0, scores.Length).Where(row => scores[row] <= limit).ToArray();
        var kept = Math.Min(normal.Length, options.AutoencoderRows);
        var random = SeededRandom.For(options.Seed, 0x7b);
        var columns = forest.Columns;
        var copies = new float[kept * columns];
        for (var i = 0; i < kept; i++)
        {
            var pick = i + random.NextInt(normal.Length - i);
            (normal[i], normal[pick]) = (normal[pick], normal[i]);
            Array.Copy(rows, (long)normal[i] * columns, copies, (long)i * columns, columns);
        }

        return copies;
    }

    private static void Check(float[] rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (columns is < 1 or > MaxColumns)
        {
            throw new ArgumentException($"{columns} columns; allowed: 1 to {MaxColumns}.", nameof(columns));
        }

        if (rows.Length % columns != 0 || rows.Length / columns < MinRows)
        {
            throw new ArgumentException(
                $"{rows.Length / columns} rows to fit on; allowed: {MinRows} or more, none cut short.", nameof(rows));
        }

        for (var i = 0; i < rows.Length; i++)
        {
            if (!float.IsFinite(rows[i]))
            {
                throw new ArgumentException(
                    $"Row {i / columns}, column {i % columns} is '{rows[i]}'; allowed: a finite number.", nameof(rows));
            }
        }
    }
}

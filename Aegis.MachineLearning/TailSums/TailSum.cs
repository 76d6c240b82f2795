using System.Collections.Immutable;
using Aegis.MachineLearning.Calibration;

namespace Aegis.MachineLearning.TailSums;

/// <summary>One column of a <see cref="TailSum"/>.</summary>
/// <param name="Upper">-ln of the share of reference values at least as high.</param>
/// <param name="Lower">-ln of the share at least as low, fitted on negated values; null if only the upper side is suspicious.</param>
/// <param name="IsLongBelow">True if the reference is skewed to the low side; without meaning if <paramref name="Lower"/> is null.</param>
public sealed record TailColumn(ScoreCalibrator Upper, ScoreCalibrator? Lower, bool IsLongBelow);

/// <summary>Adds up, over columns, -ln of the directed empirical tail probability: how rare each value is on its own.
/// Its summands are its explanation.</summary>
/// <remarks>
/// Li, Zhao, Hu, Botta, Ionescu, Chen: ECOD, IEEE TKDE 2022. If a column's suspicious side is known, only that tail
/// counts. For the other columns it adds all upper tails, all lower tails, or each column's longer tail, whichever
/// gives the largest sum. No value counts for more than the reference supports, ln(n + 1). Any thread.
/// </remarks>
public sealed class TailSum
{
    private readonly TailColumn[] _columns;

    /// <param name="columns">The columns, one or more.</param>
    /// <exception cref="ArgumentException">There is no column.</exception>
    public TailSum(IEnumerable<TailColumn> columns)
    {
        _columns = [.. columns];
        if (_columns.Length == 0)
        {
            throw new ArgumentException("0 columns; allowed: 1 or more.", nameof(columns));
        }
    }

    /// <summary>The columns.</summary>
    public ImmutableArray<TailColumn> Columns => [.. _columns];

    /// <summary>Fits on reference rows.</summary>
    /// <param name="rows">Row after row, each with as many numbers as <paramref name="isDirected"/> has values; at least one row.</param>
    /// <param name="isDirected">For each column, true if only high values are suspicious.</param>
    /// <exception cref="ArgumentException">There is no row, or a value is NaN.</exception>
    public static TailSum Fit(float[] rows, IReadOnlyList<bool> isDirected)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(isDirected);
        if (isDirected.Count == 0 || rows.Length < isDirected.Count)
        {
            throw new ArgumentException(
                $"{rows.Length} values of {isDirected.Count} columns; allowed: one column and one row, or more.", nameof(rows));
        }

        if (rows.AsSpan().IndexOfAnyExceptInRange(float.NegativeInfinity, float.PositiveInfinity) is >= 0 and var wrong)
        {
            throw new ArgumentException(
                $"Row {wrong / isDirected.Count}, column {wrong % isDirected.Count} is '{rows[wrong]}'; allowed: any number.", nameof(
                    rows));
        }

        var count = rows.Length / isDirected.Count;
        var columns = new TailColumn[isDirected.Count];
        Parallel.For(0, columns.Length, column =>
        {
            var values = new double[count];
            for (var row = 0; row < count; row++)
            {
                values[row] = rows[(row * columns.Length) + column];
            }

            columns[column] = isDirected[column]
                ? new TailColumn(ScoreCalibrator.Fit(values), null, IsLongBelow: false)
                : new TailColumn(
                    ScoreCalibrator.Fit(values), ScoreCalibrator.Fit([.. values.Select(value => -value)]), IsSkewedToLow(values));
        });
        return new TailSum(columns);
    }

    /// <summary>The score of one row, 0 or more.</summary>
    public double Score(ReadOnlySpan<float> row)
    {
        var (upper, lower, longer) = Sums(row);
        return Math.Max(longer, Math.Max(upper, lower));
    }

    /// <summary>Scores rows, each as if alone.</summary>
    /// <param name="rows">Row after row.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="scores">Receives one score per row.</param>
    public void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores)
    {
        for (var row = 0; row < rowCount; row++)
        {
            scores[row] = Score(rows.Slice(row * _columns.Length, _columns.Length));
        }
    }

    /// <summary>Splits the score of a row into the summands of its columns.</summary>
    /// <param name="row">The row.</param>
    /// <param name="summands">Receives one summand for each column, 0 or more.</param>
    /// <returns>Their sum, the score.</returns>
    public double Explain(ReadOnlySpan<float> row, Span<double> summands)
    {
        var (upper, lower, longer) = Sums(row);
        var score = Math.Max(longer, Math.Max(upper, lower));
        for (var i = 0; i < _columns.Length; i++)
        {
            var (above, below) = Levels(i, row[i]);
            summands[i] = score == longer ? (_columns[i].IsLongBelow ? below : above) : score == upper ? above : below;
        }

        return score;
    }

    private (double Upper, double Lower, double Longer) Sums(ReadOnlySpan<float> row)
    {
        double upper = 0, lower = 0, longer = 0;
        for (var i = 0; i < _columns.Length; i++)
        {
            var (above, below) = Levels(i, row[i]);
            upper += above;
            lower += below;
            longer += _columns[i].IsLongBelow ? below : above;
        }

        return (upper, lower, longer);
    }

    private (double Above, double Below) Levels(int column, float value)
    {
        var (upper, lower, _) = _columns[column];
        var above = Level(upper, value);
        return (above, lower is null ? above : Level(lower, -value));
    }

    private static double Level(ScoreCalibrator calibrator, double value) =>
        Math.Min(calibrator.NegativeLogP(value), calibrator.HighestLevel);

    private static bool IsSkewedToLow(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean) * (value - mean)) < 0;
    }
}

namespace Aegis.MachineLearning.Tables;

/// <summary>Turns a table's numbers into inputs: for each column, the distance from its median in its spread. A missing
/// number becomes 0, the median.</summary>
/// <remarks>
/// It works in double precision. As a float, 1,700,000,001 would be 1,700,000,000, but its distance of 1 from the median
/// is exact. The median and the quartiles do not move with a few far values, however large, as a mean would.
/// </remarks>
public sealed class TableEncoder
{
    // The quartiles of a normal distribution are as many deviations apart.
    private const double DeviationsBetweenQuartiles = 1.349;

    private readonly double[] _centres;
    private readonly double[] _scales;

    private TableEncoder(double[] centres, double[] scales)
    {
        _centres = centres;
        _scales = scales;
    }

    /// <summary>Numbers per row.</summary>
    public int Columns => _centres.Length;

    /// <summary>Fits medians and spreads. A spread is the interquartile range / 1.349; if that is 0, the standard
    /// deviation; if the column never varies, 1.</summary>
    /// <param name="rows">Row after row, <paramref name="columns"/> finite values each; NaN where one is missing.</param>
    /// <param name="columns">Numbers per row.</param>
    public static TableEncoder Fit(ReadOnlySpan<double> rows, int columns)
    {
        var (centres, scales) = (new double[columns], new double[columns]);
        var known = new double[rows.Length / columns];
        for (var column = 0; column < columns; column++)
        {
            var count = 0;
            for (var i = column; i < rows.Length; i += columns)
            {
                if (!double.IsNaN(rows[i]))
                {
                    known[count++] = rows[i];
                }
            }

            var sorted = known.AsSpan(0, count);
            sorted.Sort();
            (centres[column], scales[column]) = count == 0 ? (0, 1) : (sorted[count / 2], Spread(sorted));
        }

        return new TableEncoder(centres, scales);
    }

    /// <summary>Encodes rows.</summary>
    /// <param name="rows">Row after row, <see cref="Columns"/> values each; NaN where one is missing.</param>
    /// <returns>As many finite values.</returns>
    public float[] Encode(ReadOnlySpan<double> rows)
    {
        var inputs = new float[rows.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            var column = i % Columns;
            var scaled = (rows[i] - _centres[column]) / _scales[column];
            inputs[i] = double.IsNaN(scaled) ? 0 : (float)Math.Clamp(scaled, float.MinValue, float.MaxValue);
        }

        return inputs;
    }

    private static double Spread(ReadOnlySpan<double> sorted)
    {
        var range = sorted[sorted.Length * 3 / 4] - sorted[sorted.Length / 4];
        if (range > 0)
        {
            return range / DeviationsBetweenQuartiles;
        }

        // Rounding of the mean would hide that a column never varies.
        return sorted[0] == sorted[^1] ? 1 : Deviation(sorted);
    }

    private static double Deviation(ReadOnlySpan<double> values)
    {
        double sum = 0, squares = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / values.Length;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return Math.Sqrt(squares / values.Length);
    }
}

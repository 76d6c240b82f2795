namespace Aegis.MachineLearning.Tables;

/// <summary>z scores by the ordinary rows: for each column, the distance from their mean in their standard deviations.
/// Both sides count alike.</summary>
/// <remarks>
/// The scale is robust because the rows that the forest finds unusual are left out. The interquartile range was tried
/// first. For a column with heavy tails it is so small that ordinary rows of the tail look as far out as anomalies.
/// </remarks>
public sealed class ColumnScaler
{
    private readonly double[] _centres;
    private readonly double[] _scales;

    private ColumnScaler(double[] centres, double[] scales)
    {
        _centres = centres;
        _scales = scales;
    }

    /// <summary>Numbers per row.</summary>
    public int Columns => _centres.Length;

    /// <summary>Fits means and deviations on the ordinary rows. If a column never varies there, its deviation is that
    /// of all rows; if it never varies at all, 1.</summary>
    /// <param name="ordinary">Row after row, <paramref name="columns"/> finite values each; at least one row.</param>
    /// <param name="all">The ordinary rows and the others.</param>
    /// <param name="columns">Numbers per row.</param>
    public static ColumnScaler Fit(ReadOnlySpan<float> ordinary, ReadOnlySpan<float> all, int columns)
    {
        var centres = new double[columns];
        var scales = new double[columns];
        for (var column = 0; column < columns; column++)
        {
            var (mean, deviation) = Moments(ordinary, column, columns);
            (centres[column], scales[column]) = (mean, deviation > 0 ? deviation : Moments(all, column, columns).Deviation);
            if (scales[column] == 0)
            {
                scales[column] = 1;
            }
        }

        return new ColumnScaler(centres, scales);
    }

    /// <summary>Scales one row or many.</summary>
    /// <param name="rows">Row after row, <see cref="Columns"/> values each.</param>
    /// <param name="scaled">Receives as many values: finite, or infinite if a value lies more spreads away than a float can hold.</param>
    public void Scale(ReadOnlySpan<float> rows, Span<float> scaled)
    {
        for (var start = 0; start < rows.Length; start += _centres.Length)
        {
            for (var column = 0; column < _centres.Length; column++)
            {
                // In doubles: as floats, the difference of two large numbers could be infinite, and their ratio NaN.
                scaled[start + column] = (float)((rows[start + column] - _centres[column]) / _scales[column]);
            }
        }
    }

    /// <summary>The mean and the deviation of a column. The deviation is exactly 0 if the column never varies, which
    /// rounding of the mean would hide.</summary>
    private static (double Mean, double Deviation) Moments(ReadOnlySpan<float> rows, int column, int columns)
    {
        var count = rows.Length / columns;
        double sum = 0, squares = 0;
        var varies = false;
        for (var i = column; i < rows.Length; i += columns)
        {
            sum += rows[i];
            varies |= rows[i] != rows[column];
        }

        if (!varies)
        {
            return (rows[column], 0);
        }

        var mean = sum / count;
        for (var i = column; i < rows.Length; i += columns)
        {
            squares += (rows[i] - mean) * (rows[i] - mean);
        }

        return (mean, Math.Sqrt(squares / count));
    }
}

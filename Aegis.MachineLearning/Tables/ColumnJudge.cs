using System.Globalization;

namespace Aegis.MachineLearning.Tables;

/// <summary>What a column of a table is good for.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="IsKept">False if detectors should not read it.</param>
/// <param name="Note">Why it is left out, or what is special about it; empty if nothing is.</param>
public readonly record struct JudgedColumn(string Name, bool IsKept, string Note);

/// <summary>Judges the columns of a table before detectors are fitted on it: some tell nothing of a row, or only which row
/// it is.</summary>
/// <remarks>
/// A time or a number of the row makes every later row look new, and an identifier is different in each. The rules ask for
/// at least <see cref="MinRows"/> known values, so that chance does not leave a column out.
/// </remarks>
public static class ColumnJudge
{
    /// <summary>The least number of known values for which a column can be a time or an identifier.</summary>
    public const int MinRows = 100;

    private const int MinMoments = 30;
    private const double MaxStepsBack = 0.001;
    private const double MinDistinctIds = 0.999;
    private const double MaxIdDistance = 0.05;

    /// <summary>Judges every column.</summary>
    /// <param name="names">The columns' names.</param>
    /// <param name="rows">The rows to fit on, one after another, a value for each column; NaN where one is missing. Their order is that
    /// of the table.</param>
    public static IReadOnlyList<JudgedColumn> Judge(IReadOnlyList<string> names, ReadOnlySpan<double> rows)
    {
        ArgumentNullException.ThrowIfNull(names);
        var judged = new JudgedColumn[names.Count];
        for (var column = 0; column < names.Count; column++)
        {
            var known = new List<double>(rows.Length / names.Count);
            for (var i = column; i < rows.Length; i += names.Count)
            {
                if (!double.IsNaN(rows[i]))
                {
                    known.Add(rows[i]);
                }
            }

            var (isKept, note) = Judge(known);
            judged[column] = new JudgedColumn(names[column], isKept, note);
        }

        return judged;
    }

    private static (bool IsKept, string Note) Judge(List<double> known)
    {
        if (known.Count == 0)
        {
            return (false, "left out: no row to fit on has a value");
        }

        double[] sorted = [.. known.Order()];
        if (sorted[0] == sorted[^1])
        {
            return (false, string.Create(CultureInfo.InvariantCulture, $"left out: every value to fit on is {sorted[0]}"));
        }

        var distinct = 1 + Enumerable.Range(1, sorted.Length - 1).Count(i => sorted[i] != sorted[i - 1]);
        if (sorted.Length >= MinRows)
        {
            if (distinct >= MinMoments && GoesOneWay(known))
            {
                return (false, "left out: it goes one way from row to row, as a time or a row number does");
            }

            if (distinct >= MinDistinctIds * sorted.Length && sorted.All(double.IsInteger) && IsEvenlySpread(sorted))
            {
                return (false, "left out: whole numbers, each of them once and evenly spread, as identifiers are");
            }
        }

        // As TableEncoder takes it: where the quartiles are the same value, their distance is no unit.
        var median = sorted[sorted.Length / 2];
        return (true, sorted[sorted.Length / 4] != sorted[sorted.Length * 3 / 4] ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $"{100.0 * sorted.Count(value => value == median) / sorted.Length:0.#} % of the values are {median}: its unit is the standard deviation, not the quartiles' distance"));
    }

    private static bool GoesOneWay(List<double> known)
    {
        var (up, down) = (0, 0);
        for (var i = 1; i < known.Count; i++)
        {
            up += known[i] > known[i - 1] ? 1 : 0;
            down += known[i] < known[i - 1] ? 1 : 0;
        }

        return Math.Min(up, down) <= MaxStepsBack * known.Count;
    }

    /// <summary>True if the values' distribution is nowhere far from the uniform one (Kolmogorov's distance).</summary>
    private static bool IsEvenlySpread(double[] sorted)
    {
        var span = sorted[^1] - sorted[0];
        return Enumerable.Range(0, sorted.Length)
            .All(i => Math.Abs(((sorted[i] - sorted[0]) / span) - ((double)i / (sorted.Length - 1))) <= MaxIdDistance);
    }
}

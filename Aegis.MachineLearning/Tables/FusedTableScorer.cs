using Aegis.MachineLearning.Calibration;

namespace Aegis.MachineLearning.Tables;

/// <summary>A detector of a table, with the levels of the rows that it was fitted on.</summary>
/// <param name="Scorer">The detector.</param>
/// <param name="Level">-ln p of its scores, to the power of <paramref name="Power"/>.</param>
/// <param name="Power">1, or less where scores grow faster than what they measure.</param>
public sealed record LevelledScorer(ITableScorer Scorer, BodyLevel Level, double Power = 1)
{
    /// <summary>Fits the levels on the rows that the detector was fitted on.</summary>
    /// <param name="scorer">The detector.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="power">See <see cref="Power"/>.</param>
    public static LevelledScorer Fit(ITableScorer scorer, ReadOnlySpan<float> rows, double power = 1)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        var scores = new double[rows.Length / scorer.Columns];
        scorer.Score(rows, scores.Length, scores);
        return new LevelledScorer(scorer, BodyLevel.Fit([.. scores.Select(score => Powered(score, power))]), power);
    }

    /// <summary>The level of a score.</summary>
    internal double LevelOf(double score) => Level.Of(Powered(score, Power));

    // Where the power is 1, scores below 0 mean something.
    private static double Powered(double score, double power) => power == 1 ? score : Math.Pow(Math.Max(0, score), power);
}

/// <summary>Joins the detectors of a table: the one that finds a row most extreme counts most.</summary>
/// <remarks>
/// The sixth-power norm of the detectors' <see cref="BodyLevel"/>s. No detector is the best on every table, and in a
/// weighted mean those that see nothing drown the one that does. <c>./aegis bench mixes</c> compares rules.
/// </remarks>
public sealed class FusedTableScorer : ITableScorer
{
    private const int BlockRows = 256;
    private const double Power = 6;

    private readonly LevelledScorer[] _detectors;
    private readonly double[] _scores = new double[BlockRows];

    /// <param name="detectors">One or more detectors of the same columns.</param>
    public FusedTableScorer(params LevelledScorer[] detectors)
    {
        ArgumentNullException.ThrowIfNull(detectors);
        _detectors = detectors.Length > 0
            ? detectors
            : throw new ArgumentException("0 detectors; allowed: 1 or more.", nameof(detectors));
    }

    /// <inheritdoc/>
    public int Columns => _detectors[0].Scorer.Columns;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores)
    {
        TableShape.Check(rows, rowCount, Columns, scores);
        for (var start = 0; start < rowCount; start += BlockRows)
        {
            var count = Math.Min(BlockRows, rowCount - start);
            var block = rows.Slice(start * Columns, count * Columns);
            var fused = scores.Slice(start, count);
            fused.Clear();
            foreach (var detector in _detectors)
            {
                detector.Scorer.Score(block, count, _scores);
                for (var row = 0; row < count; row++)
                {
                    fused[row] = Norm(fused[row], detector.LevelOf(_scores[row]));
                }
            }
        }
    }

    /// <summary>The norm of two numbers of 0 and more. That of several is the norm of one and the norm of the rest.</summary>
    internal static double Norm(double one, double other)
    {
        var largest = Math.Max(one, other);
        return largest > 0 ? largest * Math.Pow(Math.Pow(one / largest, Power) + Math.Pow(other / largest, Power), 1 / Power) : 0;
    }
}

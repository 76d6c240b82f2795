namespace Aegis.Core.Detection;

/// <summary>Turns a raw score into -ln p, p being the share of reference payments that score at least as high (conformal p-value).</summary>
/// <remarks>
/// Holds the score at evenly spaced levels of -ln p, so the tail is as fine as the head; between them it is linear. Beyond the
/// highest reference score it goes on with the slope of the last levels (an exponential tail), so the top stays distinct.
/// </remarks>
public sealed class ScoreCalibrator
{
    private const int Levels = 256;

    private readonly double[] _scores;
    private readonly double _step;
    private readonly double _tailSlope;

    /// <param name="scores">Scores at levels 0 to <paramref name="highestLevel"/>, evenly spaced, rising.</param>
    /// <param name="highestLevel">-ln p of the last score.</param>
    /// <exception cref="ArgumentException">There are fewer than 2 scores.</exception>
    public ScoreCalibrator(double[] scores, double highestLevel)
    {
        if (scores.Length < 2)
        {
            throw new ArgumentException($"{scores.Length} scores; allowed: 2 or more.", nameof(scores));
        }

        _scores = scores;
        HighestLevel = highestLevel;
        _step = highestLevel / (scores.Length - 1);
        _tailSlope = TailSlope();
    }

    /// <summary>Scores at evenly spaced levels of -ln p.</summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>-ln p of the highest reference score, ln of the reference count plus one.</summary>
    public double HighestLevel { get; }

    /// <summary>Fits on the scores of reference payments.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ScoreCalibrator Fit(ReadOnlySpan<double> reference)
    {
        if (reference.IsEmpty)
        {
            throw new ArgumentException("0 reference scores; allowed: 1 or more.", nameof(reference));
        }

        var sorted = reference.ToArray();
        Array.Sort(sorted);
        var highestLevel = Math.Log(sorted.Length + 1.0);
        var scores = new double[Levels];
        for (var level = 0; level < Levels; level++)
        {
            // p = rank from the top / (n + 1); interpolate between order statistics.
            var rank = (Math.Exp(-highestLevel * level / (Levels - 1)) * (sorted.Length + 1)) - 1;
            var position = Math.Clamp(sorted.Length - 1 - rank, 0, sorted.Length - 1);
            var below = (int)position;
            var above = Math.Min(below + 1, sorted.Length - 1);
            scores[level] = sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
        }

        return new ScoreCalibrator(scores, highestLevel);
    }

    /// <summary>-ln p of a score: 0 for the lowest, 4.6 for one in a hundred, 6.9 for one in a thousand.</summary>
    public double NegativeLogP(double score)
    {
        var scores = _scores;
        if (score >= scores[^1])
        {
            return HighestLevel + ((score - scores[^1]) * _tailSlope);
        }

        if (score <= scores[0])
        {
            return 0;
        }

        // The first level whose score is not below, halving without a branch to mispredict.
        var above = 0;
        for (var length = scores.Length; length > 1;)
        {
            var half = length / 2;
            above += scores[above + half - 1] < score ? half : 0;
            length -= half;
        }

        var below = above - 1;
        return (below + ((score - scores[below]) / (scores[above] - scores[below]))) * _step;
    }

    /// <summary>Levels per unit of score over the last tenth of the levels.</summary>
    private double TailSlope()
    {
        var levels = _scores.Length / 10;
        var rise = _scores[^1] - _scores[^(levels + 1)];
        return rise > 0 ? levels * _step / rise : 0;
    }
}

namespace Aegis.MachineLearning.Calibration;

/// <summary>Turns a raw score into -ln p. p is the share of reference payments that score at least as high (conformal p-value).</summary>
/// <remarks>
/// At a reference score, p is (1 + the reference scores at least as high) / (1 + all of them). Of payments like those
/// of the reference, at most a share α gets a p of α or less. So an alert rate can be set directly. Between reference
/// scores -ln p is a straight line. Scores are stored at evenly spaced levels of it, so the tail is as fine as the
/// head. Beyond the joint, -ln p goes on as a generalised Pareto tail, continuous and rising without end, so the top
/// scores stay distinct. The joint leaves out about the highest 2 %, at most 250 scores; of a reference below 500, a
/// tenth and at most 10.
/// </remarks>
public sealed class ScoreCalibrator
{
    /// <summary>Scores count as this at most, so differences of any two stay finite.</summary>
    internal const double MaxScore = 1e300;

    private const int Levels = 256;
    private const int MaxInTail = 250;
    private const int MinInTail = 10;

    private readonly double[] _scores;
    private readonly double _step;
    private readonly ParetoTail _tail;

    /// <param name="scores">Scores at the levels 0 to <paramref name="jointLevel"/>, evenly spaced, ascending.</param>
    /// <param name="jointLevel">-ln p of the last score, where the tail begins.</param>
    /// <param name="highestLevel">ln(n + 1) of n reference scores.</param>
    /// <param name="tailShape">The tail's ξ, -2 to 0.5.</param>
    /// <param name="tailScale">The tail's σ, above 0.</param>
    /// <exception cref="ArgumentException">There is no score, or a value is out of range.</exception>
    public ScoreCalibrator(double[] scores, double jointLevel, double highestLevel, double tailShape, double tailScale)
    {
        if (scores.Length == 0 || !(jointLevel >= 0 && jointLevel <= highestLevel && double.IsFinite(highestLevel))
            || !(tailShape is >= ParetoTail.MinShape and <= ParetoTail.MaxShape) || !(tailScale > 0 && double.IsFinite(tailScale)))
        {
            throw new ArgumentException(
                $"{scores.Length} scores, levels {jointLevel} and {highestLevel}, tail shape {tailShape} and scale {tailScale}; allowed: 1 score or more, rising levels, {ParetoTail.MinShape} to {ParetoTail.MaxShape}, above 0.", nameof(scores));
        }

        _scores = scores;
        JointLevel = jointLevel;
        HighestLevel = highestLevel;
        _step = jointLevel / Math.Max(1, scores.Length - 1);
        _tail = new ParetoTail(tailShape, tailScale, highestLevel - jointLevel);
    }

    /// <summary>Scores at evenly spaced levels of -ln p.</summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>-ln p where the tail begins.</summary>
    public double JointLevel { get; }

    /// <summary>-ln of the least p that the reference supports, 1/(n + 1). Beyond it, the tail is an estimate.</summary>
    public double HighestLevel { get; }

    /// <summary>The tail's ξ. Below 0 the scores have an upper end; above 0 their tail is heavier than exponential.</summary>
    public double TailShape => _tail.Shape;

    /// <summary>The tail's σ, in units of the score.</summary>
    public double TailScale => _tail.Scale;

    /// <summary>Fits on the scores of reference payments.</summary>
    /// <exception cref="ArgumentException">There are no scores, or one is NaN.</exception>
    public static ScoreCalibrator Fit(ReadOnlySpan<double> reference)
    {
        if (reference.IsEmpty)
        {
            throw new ArgumentException("0 reference scores; allowed: 1 or more.", nameof(reference));
        }

        var sorted = new double[reference.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = double.IsNaN(reference[i])
                ? throw new ArgumentException($"Reference score {i} is 'NaN'; allowed: any number.", nameof(reference))
                : Math.Clamp(reference[i], -MaxScore, MaxScore);
        }

        Array.Sort(sorted);
        var joint = JointOf(sorted);
        var above = sorted.AsSpan(sorted.AsSpan().LastIndexOf(sorted[joint]) + 1);
        foreach (ref var score in above)
        {
            score -= sorted[joint];
        }

        var (jointLevel, highestLevel) = (LevelOf(joint, sorted.Length), Math.Log(sorted.Length + 1.0));
        var tail = ParetoTail.Fit(above, ScaleBefore(sorted, joint), highestLevel - jointLevel);
        return new ScoreCalibrator(ScoresAtLevels(sorted, joint), jointLevel, highestLevel, tail.Shape, tail.Scale);
    }

    /// <summary>-ln p of a score: 0 for the lowest, 4.6 for one in a hundred, 6.9 for one in a thousand. Finite for any
    /// score; 0 for NaN.</summary>
    public double NegativeLogP(double score)
    {
        var scores = _scores;
        if (score >= scores[^1])
        {
            return JointLevel + _tail.NegativeLogSurvival(Math.Min(score, MaxScore) - scores[^1]);
        }

        if (!(score > scores[0]))
        {
            return 0;
        }

        // Finds the first level whose score is not below this one, by halving, without a branch to mispredict.
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

    /// <summary>The conformal p-value, never below 1 / (n + 1).</summary>
    public double PValue(double score) => Math.Exp(-Math.Min(NegativeLogP(score), HighestLevel));

    /// <summary>-ln p of the reference score at a position, if no equal score stands before it.</summary>
    private static double LevelOf(int position, int count) => Math.Log((count + 1.0) / (count - position + 1.0));

    /// <summary>The position of the lowest score that few enough payments reach; of the highest score if none is so rare.</summary>
    private static int JointOf(double[] sorted)
    {
        var few = Math.Min(MinInTail, Math.Max(1, sorted.Length / 10));
        var position = sorted.Length - Math.Clamp(sorted.Length / 50, few, MaxInTail);
        while (position > 0 && position < sorted.Length && sorted[position] == sorted[position - 1])
        {
            position++;
        }

        return position < sorted.Length ? position : Array.IndexOf(sorted, sorted[^1]);
    }

    /// <summary>The scale of an exponential tail that goes on as steeply as from the median to the joint; a hundredth
    /// of the score if nothing varies.</summary>
    private static double ScaleBefore(double[] sorted, int joint)
    {
        var median = Array.IndexOf(sorted, sorted[sorted.Length / 2]);
        var rise = (sorted[joint] - sorted[median]) / Math.Max(1, LevelOf(joint, sorted.Length) - LevelOf(median, sorted.Length));
        return rise > 0 ? rise : Math.Max(1, Math.Abs(sorted[joint])) / 100;
    }

    /// <summary>The scores up to the joint at evenly spaced levels, interpolated between neighbours that differ.</summary>
    private static double[] ScoresAtLevels(double[] sorted, int joint)
    {
        if (joint == 0)
        {
            return [sorted[0]];
        }

        var scores = new double[Levels];
        var jointLevel = LevelOf(joint, sorted.Length);
        var (below, above) = (0, NextDistinct(sorted, 0));
        for (var i = 0; i < Levels - 1; i++)
        {
            var level = jointLevel * i / (Levels - 1);
            while (above < joint && LevelOf(above, sorted.Length) < level)
            {
                (below, above) = (above, NextDistinct(sorted, above));
            }

            var (from, to) = (LevelOf(below, sorted.Length), LevelOf(above, sorted.Length));
            var between = sorted[below] + (Math.Clamp((level - from) / (to - from), 0, 1) * (sorted[above] - sorted[below]));
            // Rounding may lead beyond the neighbour, and scores must rise.
            scores[i] = Math.Min(between, sorted[above]);
        }

        scores[^1] = sorted[joint];
        return scores;
    }

    private static int NextDistinct(double[] sorted, int position)
    {
        var next = position + 1;
        while (sorted[next] == sorted[position])
        {
            next++;
        }

        return next;
    }
}

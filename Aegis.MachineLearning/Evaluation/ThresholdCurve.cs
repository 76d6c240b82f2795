namespace Aegis.MachineLearning.Evaluation;

/// <summary>Precision and recall of "at this level or above" for every level, from counts alone: memory does not grow with the
/// payments.</summary>
/// <param name="levels">Levels are 0 to <paramref name="levels"/> - 1.</param>
public sealed class ThresholdCurve(int levels)
{
    private readonly long[] _frauds = new long[levels];
    private readonly long[] _genuine = new long[levels];

    /// <summary>Fraudulent payments so far.</summary>
    public long Frauds { get; private set; }

    /// <summary>Counts a payment.</summary>
    public void Add(int level, bool isFraud)
    {
        if (isFraud)
        {
            _frauds[level]++;
            Frauds++;
        }
        else
        {
            _genuine[level]++;
        }
    }

    /// <summary>The level with the highest F1, the harmonic mean of precision and recall; the default where there is no fraud.</summary>
    /// <param name="fromLevel">Lower levels, at which a rule would catch everything, are left out.</param>
    public ThresholdPoint BestF1(int fromLevel = 0) => Best(point => point.Level >= fromLevel ? point.F1 : 0, leastRecall: 0);

    /// <summary>The level with the highest precision among those that catch at least a share of the frauds; the default where there is no
    /// fraud.</summary>
    public ThresholdPoint MostPreciseWith(double leastRecall) => Best(point => point.Precision, leastRecall);

    /// <summary>Average precision: the sum over levels of the recall gained there, times the precision there; NaN where there is no
    /// fraud.</summary>
    public double AveragePrecision()
    {
        double sum = 0, recall = 0;
        foreach (var point in Points())
        {
            sum += (point.Recall - recall) * point.Precision;
            recall = point.Recall;
        }

        return Frauds == 0 ? double.NaN : sum;
    }

    private ThresholdPoint Best(Func<ThresholdPoint, double> value, double leastRecall) =>
        Points().Where(point => point.Recall >= leastRecall)
            .Aggregate(default(ThresholdPoint), (best, point) => value(point) > value(best) ? point : best);

    /// <summary>From the highest level down; levels that nobody reaches are left out.</summary>
    private IEnumerable<ThresholdPoint> Points()
    {
        long hits = 0, all = 0;
        for (var level = levels - 1; level >= 0 && Frauds > 0; level--)
        {
            hits += _frauds[level];
            all += _frauds[level] + _genuine[level];
            if (_frauds[level] + _genuine[level] > 0)
            {
                yield return new ThresholdPoint(level, hits / (double)all, hits / (double)Frauds);
            }
        }
    }
}

/// <summary>What a threshold catches.</summary>
/// <param name="Level">Everything at this level or above is caught.</param>
/// <param name="Precision">Share of what is caught that is fraudulent.</param>
/// <param name="Recall">Share of the frauds that are caught.</param>
public readonly record struct ThresholdPoint(int Level, double Precision, double Recall)
{
    /// <summary>Harmonic mean of precision and recall; 0 where both are.</summary>
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
}

namespace Aegis.MachineLearning.Evaluation;

/// <summary>Precision and recall of "this level or above" for every level. It keeps only counts, so its memory does not
/// grow with the payments.</summary>
/// <param name="levels">The number of levels: 0 to <paramref name="levels"/> - 1.</param>
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

    /// <summary>The level with the highest F1, the harmonic mean of precision and recall; the default if there is no fraud.</summary>
    /// <param name="fromLevel">The lowest level to consider. At lower ones a rule would catch everything.</param>
    public ThresholdPoint BestF1(int fromLevel = 0) => Best(point => point.Level >= fromLevel ? point.F1 : 0, leastRecall: 0);

    /// <summary>The level with the highest precision among those that catch at least a share of the frauds; the default
    /// if there is no fraud.</summary>
    public ThresholdPoint MostPreciseWith(double leastRecall) => Best(point => point.Precision, leastRecall);

    /// <summary>Average precision: the sum over levels of the recall gained there, times the precision there. NaN if
    /// there is no fraud.</summary>
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

    /// <summary>The points from the highest level down, without levels that no payment has.</summary>
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

/// <summary>The payments that a threshold catches.</summary>
/// <param name="Level">Every payment at this level or above is caught.</param>
/// <param name="Precision">The share of caught payments that are fraudulent.</param>
/// <param name="Recall">The share of frauds that are caught.</param>
public readonly record struct ThresholdPoint(int Level, double Precision, double Recall)
{
    /// <summary>The harmonic mean of precision and recall; 0 if both are 0.</summary>
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
}

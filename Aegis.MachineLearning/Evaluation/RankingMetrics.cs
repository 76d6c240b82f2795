namespace Aegis.MachineLearning.Evaluation;

/// <summary>How well a score ranks frauds before genuine payments.</summary>
public static class RankingMetrics
{
    /// <summary>Area under the receiver operating characteristic: the chance that a fraud outranks a genuine payment.
    /// Ties count half.</summary>
    /// <returns>The area; NaN if one class is missing.</returns>
    public static double Auroc(ReadOnlySpan<double> scores, ReadOnlySpan<bool> frauds)
    {
        var (keys, labels) = SortDescending(scores, frauds);
        double positives = 0, negatives = 0, area = 0;
        for (var start = 0; start < keys.Length;)
        {
            var (end, hits) = Tie(keys, labels, start);
            var misses = end - start - hits;
            area += misses * (positives + (hits / 2.0));
            positives += hits;
            negatives += misses;
            start = end;
        }

        return area / (positives * negatives);
    }

    /// <summary>Average precision: the sum over distinct scores of (R_n - R_(n-1)) P_n.</summary>
    /// <returns>The average precision; NaN if there is no fraud.</returns>
    public static double AveragePrecision(ReadOnlySpan<double> scores, ReadOnlySpan<bool> frauds)
    {
        var (keys, labels) = SortDescending(scores, frauds);
        double total = labels.Count(l => l), found = 0, sum = 0;
        for (var start = 0; start < keys.Length;)
        {
            var (end, hits) = Tie(keys, labels, start);
            found += hits;
            sum += hits / total * (found / end);
            start = end;
        }

        return total == 0 ? double.NaN : sum;
    }

    private static (double[] Keys, bool[] Labels) SortDescending(ReadOnlySpan<double> scores, ReadOnlySpan<bool> frauds)
    {
        if (scores.Length != frauds.Length)
        {
            throw new ArgumentException($"{scores.Length} scores for {frauds.Length} labels; allowed: one each.");
        }

        var keys = scores.ToArray();
        var labels = frauds.ToArray();
        Array.Sort(keys, labels);
        Array.Reverse(keys);
        Array.Reverse(labels);
        return (keys, labels);
    }

    private static (int End, int Hits) Tie(double[] keys, bool[] labels, int start)
    {
        var end = start;
        var hits = 0;
        while (end < keys.Length && keys[end] == keys[start])
        {
            hits += labels[end] ? 1 : 0;
            end++;
        }

        return (end, hits);
    }
}

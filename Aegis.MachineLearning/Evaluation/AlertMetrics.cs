namespace Aegis.MachineLearning.Evaluation;

/// <summary>What analysts find if they look at a fixed number of cards a period.</summary>
public static class AlertMetrics
{
    /// <summary>Card precision@k (Fraud Detection Handbook). For each period it takes the k cards with the highest
    /// maximum score, without cards found in earlier periods, and the share of them that are fraudulent in that period.
    /// The result is the mean over periods.</summary>
    /// <param name="scores">One for each payment.</param>
    /// <param name="frauds">Labels.</param>
    /// <param name="cards">Card ids. They break ties in score, by ordinal order.</param>
    /// <param name="periods">Numbers that distinguish periods and order them.</param>
    /// <param name="k">Cards looked at in a period. If fewer cards pay, the divisor is still k.</param>
    public static double CardPrecision(
        ReadOnlySpan<double> scores, ReadOnlySpan<bool> frauds, IReadOnlyList<string> cards, IReadOnlyList<int> periods, int k)
    {
        var byPeriod = new SortedDictionary<int, Dictionary<string, (double Highest, bool IsFraud)>>();
        for (var row = 0; row < scores.Length; row++)
        {
            if (!byPeriod.TryGetValue(periods[row], out var period))
            {
                byPeriod[periods[row]] = period = [];
            }

            var (highest, isFraud) = period.GetValueOrDefault(cards[row], (double.NegativeInfinity, false));
            period[cards[row]] = (Math.Max(highest, scores[row]), isFraud || frauds[row]);
        }

        var found = new HashSet<string>();
        var precisions = new List<double>();
        foreach (var period in byPeriod.Values)
        {
            var hits = period.Where(card => !found.Contains(card.Key))
                .OrderByDescending(card => card.Value.Highest).ThenBy(card => card.Key, StringComparer.Ordinal)
                .Take(k).Where(card => card.Value.IsFraud).Select(card => card.Key).ToList();
            precisions.Add(hits.Count / (double)k);
            found.UnionWith(hits);
        }

        return precisions.Count == 0 ? double.NaN : precisions.Average();
    }

    /// <summary>Precision and recall over payments, flagged at a threshold that was set beforehand.</summary>
    public static (double Precision, double Recall) PrecisionAndRecall(ReadOnlySpan<bool> flagged, ReadOnlySpan<bool> frauds)
    {
        int alerts = 0, hits = 0, total = 0;
        for (var row = 0; row < flagged.Length; row++)
        {
            total += frauds[row] ? 1 : 0;
            alerts += flagged[row] ? 1 : 0;
            hits += flagged[row] && frauds[row] ? 1 : 0;
        }

        return (alerts == 0 ? 0 : hits / (double)alerts, total == 0 ? 0 : hits / (double)total);
    }
}

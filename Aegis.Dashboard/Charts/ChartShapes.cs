using Aegis.Client;
using Aegis.Dashboard.Feed;

namespace Aegis.Dashboard.Charts;

/// <summary>A labelled value.</summary>
public sealed record LabelledValue(string Label, double Value);

/// <summary>Turns totals into the data of charts.</summary>
internal static class ChartShapes
{
    private const int MaxCountries = 8;
    private const int PointsPerBucket = 50;
    private const int BucketsPerLabel = 4;

    /// <summary>The countries with flagged payments, the most flagged first, at most eight.</summary>
    public static IReadOnlyList<LabelledValue> FlaggedByCountry(Statistics statistics) =>
    [
        .. statistics.ByCountry.Where(c => c.Flagged > 0).OrderByDescending(c => c.Flagged).ThenBy(c => c.Country)
            .Take(MaxCountries).Select(c => new LabelledValue(c.Country, c.Flagged)),
    ];

    /// <summary>Decisions by score in steps of 50 points. Every fourth step has its lower end as label and the others
    /// none, so that labels stay apart on a phone.</summary>
    public static IReadOnlyList<LabelledValue> ScoreDistribution(Statistics statistics) =>
        [.. statistics.ScoreHistogram.Select(
            (count, bucket) => new LabelledValue(bucket % BucketsPerLabel == 0 ? $"{bucket * PointsPerBucket}" : "", count))];

    /// <summary>The distribution in words: its total, its middle, and the number at 900 and above.</summary>
    public static string DescribeScores(Statistics statistics)
    {
        var histogram = statistics.ScoreHistogram;
        var total = histogram.Sum();
        if (total == 0)
        {
            return "No decisions yet.";
        }

        long below = 0;
        var middle = 0;
        while ((below += histogram[middle]) * 2 < total)
        {
            middle++;
        }

        var high = histogram.Skip(900 / PointsPerBucket).Sum();
        return $"{total:N0} decisions by score: half of them below {(middle + 1) * PointsPerBucket}, {high:N0} at 900 and above.";
    }

    /// <summary>Throughput and latency in words, at the newest point.</summary>
    public static string DescribePace(IReadOnlyList<PacePoint> points) => points.Count == 0
        ? "No transactions yet."
        : $"Over {points.Count:N0} seconds up to {points[^1].At:HH:mm:ss} UTC; now {points[^1].PerSecond:N1} transactions a second at a median of {points[^1].LatencyP50Ms:N1} ms.";
}

using Aegis.Streams;

namespace Aegis.Dashboard.Charts;

/// <summary>A labelled value.</summary>
public sealed record ChartPoint(string Label, double Value);

/// <summary>Shapes totals for charts.</summary>
internal static class ChartSeries
{
    private const int MostCountries = 8;

    /// <summary>Countries with flagged payments, most first.</summary>
    public static IReadOnlyList<ChartPoint> FlaggedByCountry(Statistics statistics) =>
        [.. statistics.ByCountry.Where(c => c.Flagged > 0).OrderByDescending(c => c.Flagged).ThenBy(c => c.Country).Take(MostCountries).Select(c => new ChartPoint(c.Country, c.Flagged))];

    /// <summary>Decisions by score, the label being the lower end of 50 points.</summary>
    public static IReadOnlyList<ChartPoint> ScoreDistribution(Statistics statistics) =>
        [.. statistics.ScoreHistogram.Select((count, bucket) => new ChartPoint((bucket * 50).ToString(), count))];
}

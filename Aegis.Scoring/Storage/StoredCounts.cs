using Aegis.Client;

namespace Aegis.Scoring.Storage;

/// <summary>The stored totals.</summary>
/// <param name="Counts">By name: decided, flagged, declined, late, deadLetters, duplicates, history, labels.</param>
/// <param name="ByCountry">Counts by country, the most flagged first.</param>
/// <param name="ScoreHistogram">Decisions per 50 points of score, 20 buckets.</param>
internal sealed record StoredCounts(
    IReadOnlyDictionary<string, long> Counts, IReadOnlyList<CountryCount> ByCountry, IReadOnlyList<long> ScoreHistogram);

using Aegis.Client;

namespace Aegis.Scoring.Storage;

/// <summary>Totals as stored.</summary>
/// <param name="Counts">By name: decided, flagged, declined, deadLetters, duplicates, history.</param>
/// <param name="ByCountry">Most flagged first.</param>
/// <param name="ScoreHistogram">Decisions per 50 points of score, 20 buckets.</param>
internal sealed record StoredCounts(
    IReadOnlyDictionary<string, long> Counts, IReadOnlyList<CountryCount> ByCountry, IReadOnlyList<long> ScoreHistogram);

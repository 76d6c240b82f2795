using System.Net;
using System.Net.Http.Json;
using Aegis.Core.Decisions;
using Aegis.Streams;

namespace Aegis.Dashboard.Feed;

/// <summary>Asks the scoring API.</summary>
internal sealed class ScoringClient(HttpClient http)
{
    /// <summary>Totals.</summary>
    public Task<Statistics?> StatisticsAsync(CancellationToken cancel) => http.GetFromJsonAsync<Statistics>("statistics", AegisJson.Options, cancel);

    /// <summary>The newest decisions.</summary>
    public async Task<IReadOnlyList<Decision>> LatestAsync(string? outcome, int limit, CancellationToken cancel) =>
        (await http.GetFromJsonAsync<DecisionPage>($"decisions?limit={limit}{(outcome is null ? "" : $"&outcome={outcome}")}", AegisJson.Options, cancel))?.Decisions ?? [];

    /// <summary>One decision; null where there is none.</summary>
    public async Task<Decision?> FindAsync(string id, CancellationToken cancel)
    {
        using var response = await http.GetAsync(new Uri($"decisions/{Uri.EscapeDataString(id)}", UriKind.Relative), cancel);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Decision>(AegisJson.Options, cancel);
    }

    /// <summary>The newest decisions of one card.</summary>
    public async Task<IReadOnlyList<Decision>> OfCardAsync(string cardToken, CancellationToken cancel) =>
        (await http.GetFromJsonAsync<DecisionPage>($"decisions?limit=20&card={Uri.EscapeDataString(cardToken)}", AegisJson.Options, cancel))?.Decisions ?? [];
}

using System.Net;
using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Streams;
using Polly;

namespace Aegis.Dashboard.Feed;

/// <summary>Asks the scoring API. Every method throws <see cref="ScoringUnavailableException"/> where no usable answer comes in time.</summary>
internal sealed class ScoringClient(HttpClient http)
{
    // An answer with a null where a value belongs is refused here, not met by a page later.
    private static readonly JsonSerializerOptions Strict = new(AegisJson.Options) { RespectNullableAnnotations = true };

    /// <summary>Totals.</summary>
    public async Task<Statistics> StatisticsAsync(CancellationToken cancel) => await AskAsync<Statistics>("statistics", cancel) ?? throw Missing("statistics");

    /// <summary>The newest decisions.</summary>
    /// <param name="outcome">Only of this outcome; null for all.</param>
    public async Task<IReadOnlyList<Decision>> LatestAsync(string? outcome, int limit, CancellationToken cancel) =>
        await PageAsync($"decisions?limit={limit}{(outcome is null ? "" : $"&outcome={outcome}")}", cancel);

    /// <summary>One decision; null where there is none.</summary>
    public Task<Decision?> FindAsync(string id, CancellationToken cancel) => AskAsync<Decision>($"decisions/{Uri.EscapeDataString(id)}", cancel);

    /// <summary>The newest decisions of one card.</summary>
    public async Task<IReadOnlyList<Decision>> OfCardAsync(string cardToken, CancellationToken cancel) =>
        await PageAsync($"decisions?limit=20&card={Uri.EscapeDataString(cardToken)}", cancel);

    private async Task<IReadOnlyList<Decision>> PageAsync(string path, CancellationToken cancel) => (await AskAsync<DecisionPage>(path, cancel) ?? throw Missing("decisions")).Decisions;

    /// <summary>One answer; null where the service knows nothing under the path.</summary>
    private async Task<T?> AskAsync<T>(string path, CancellationToken cancel)
        where T : class
    {
        try
        {
            using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancel);
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }

            if (!response.IsSuccessStatusCode)
            {
                throw new ScoringUnavailableException($"The scoring service answered with status {(int)response.StatusCode}.");
            }

            return JsonSerializer.Deserialize<T>(await response.Content.ReadAsByteArrayAsync(cancel), Strict) ?? throw new JsonException("The answer is empty.");
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new ScoringUnavailableException($"The scoring service did not answer within {http.Timeout.TotalSeconds:N0} seconds.", e);
        }
        catch (JsonException e)
        {
            throw new ScoringUnavailableException("The scoring service gave an answer that the dashboard cannot read. Both may be of different versions.", e);
        }
        catch (ExecutionRejectedException e)
        {
            throw new ScoringUnavailableException("The scoring service does not answer, or too slowly, and is not asked again for some seconds.", e);
        }
        catch (HttpRequestException e)
        {
            throw new ScoringUnavailableException($"The scoring service cannot be reached: {e.Message}", e);
        }
    }

    private static ScoringUnavailableException Missing(string what) => new($"The scoring service knows no {what}.");
}

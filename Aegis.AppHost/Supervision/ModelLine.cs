using System.Text.Json.Nodes;
using Aegis.AppHost.Commands;

namespace Aegis.AppHost.Supervision;

/// <summary>Asks scoring which model decides, and says how it was chosen and what that choice was measured at.</summary>
internal sealed class ModelLine(UpOptions up, IHttpClientFactory clients)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The line; null if scoring does not answer, or the bundle does not say.</summary>
    public async Task<string?> ReadAsync(CancellationToken stopping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(Patience);
        try
        {
            var version = (string?)(await GetAsync("statistics", patience.Token))?["modelVersion"];
            return version is null ? null : Line((await GetAsync($"models/{Uri.EscapeDataString(version)}", patience.Token))?["facts"]);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    /// <summary>The line that a bundle's facts give, with the first of the streams that its choice was measured on; null
    /// if they name no choice.</summary>
    internal static string? Line(JsonNode? facts) => (string?)facts?["choice"] is not { } choice ? null
        : (string?)facts["simulatedBecause"] is { } reason ? $"choice {choice}, trained on simulated payments, since {reason}"
        : (string?)facts["choiceMeasured"] is { } measured ? $"choice {choice}: {measured.Split(';')[0]}"
        : $"choice {choice}, trained on {facts["trainingDays"]}; not measured on a stream of its own";

    private async Task<JsonNode?> GetAsync(string path, CancellationToken cancel)
    {
        using var http = clients.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://localhost:{up.ScoringPort}/{path}");
        request.AddKey(up);
        using var response = await http.SendAsync(request, cancel);
        return response.IsSuccessStatusCode ? JsonNode.Parse(await response.Content.ReadAsStringAsync(cancel)) : null;
    }
}

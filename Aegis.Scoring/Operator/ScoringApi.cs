using System.CommandLine;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.Streams;

namespace Aegis.Scoring.Operator;

/// <summary>The running service as a command sees it: every failure is one sentence.</summary>
internal sealed class ScoringApi : IDisposable
{
    /// <summary>Where the service listens.</summary>
    public static readonly Option<string> Url = new("--url") { Description = "Where the scoring service listens.", DefaultValueFactory = _ => "http://localhost:5081", Recursive = true };

    /// <summary>What it is guarded by.</summary>
    public static readonly Option<string?> Key = new("--api-key") { Description = "The service's API key; or set AEGIS_API_KEY.", Recursive = true };

    private readonly HttpClient _http;

    private ScoringApi(Uri url, string? key)
    {
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) }) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(10) };
        if (!string.IsNullOrEmpty(key))
        {
            _http.DefaultRequestHeaders.Add("X-Api-Key", key);
        }
    }

    /// <summary>The service that a command line names.</summary>
    /// <exception cref="CommandException">--url is no address.</exception>
    public static ScoringApi Of(ParseResult parsed)
    {
        var url = parsed.GetValue(Url);
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new ScoringApi(address, parsed.GetValue(Key) ?? Environment.GetEnvironmentVariable("AEGIS_API_KEY"))
            : throw new CommandException($"--url is '{url}'; allowed: an address such as http://localhost:5081.");
    }

    /// <summary>Asks for a JSON document.</summary>
    /// <exception cref="CommandException">It refused, or does not answer.</exception>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancel)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancel);
        return (await response.Content.ReadFromJsonAsync<T>(AegisJson.Options, cancel))!;
    }

    /// <summary>Copies what it answers, as it comes.</summary>
    /// <exception cref="CommandException">It refused, or does not answer.</exception>
    public async Task CopyAsync(string path, Stream target, CancellationToken cancel)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancel);
        await response.Content.CopyToAsync(target, cancel);
    }

    /// <summary>Posts bytes of a type; nothing where there are none.</summary>
    /// <exception cref="CommandException">It refused, or does not answer.</exception>
    public async Task PostAsync(string path, byte[]? body, string type, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        }

        (await SendAsync(request, cancel)).Dispose();
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                throw new CommandException(Detail(await response.Content.ReadAsStringAsync(cancel)) ?? $"The service answered {(int)response.StatusCode} to {request.RequestUri}.");
            }
        }
        catch (HttpRequestException e)
        {
            throw new CommandException($"No scoring service answers at {_http.BaseAddress} ({e.Message}). Start it with ./aegis up, or name another with --url.");
        }
    }

    private static string? Detail(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

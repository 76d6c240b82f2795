using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.Core.Ingestions;

namespace Aegis.Client;

/// <summary>The scoring API, call by call. Any thread.</summary>
/// <remarks>
/// Every method throws <see cref="AegisRefusedException"/> if the service refuses (400 to 499), and
/// <see cref="AegisUnavailableException"/> if no usable answer comes in time. Methods whose names begin with Find
/// return null if there is nothing to find.
/// </remarks>
/// <param name="http">A client whose base address is the service's. The caller sets its time limit, key and retries;
/// see <see cref="At"/>.</param>
public sealed partial class AegisClient(HttpClient http) : IDisposable
{
    private const string KeyHeader = "X-Api-Key";
    private const string JsonType = "application/json";

    // An answer with a null in place of a value is refused here, before the caller meets it.
    private static readonly JsonSerializerOptions Strict = new(AegisJson.Options) { RespectNullableAnnotations = true };

    /// <summary>The address of the service.</summary>
    public Uri? Address => http.BaseAddress;

    /// <summary>A client with its own connections, for programs without a host.</summary>
    /// <param name="address">The address of the service.</param>
    /// <param name="apiKey">The service's API key; null or empty if it has none.</param>
    /// <param name="timeLimit">The longest wait for an answer; null for 30 seconds.</param>
    public static AegisClient At(Uri address, string? apiKey = null, TimeSpan? timeLimit = null)
    {
        var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(
            5) };
        var http = new HttpClient(handler) { BaseAddress = address, Timeout = timeLimit ?? TimeSpan.FromSeconds(30) };
        UseKey(http, apiKey);
        return new AegisClient(http);
    }

    /// <summary>Makes a client send an API key; does nothing for a null or empty key.</summary>
    public static void UseKey(HttpClient http, string? apiKey)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (!string.IsNullOrEmpty(apiKey))
        {
            http.DefaultRequestHeaders.Add(KeyHeader, apiKey);
        }
    }

    /// <summary>Asks for a decision on a transaction now.</summary>
    public Task<Decision> DecideAsync(TransactionRequest transaction, CancellationToken cancel = default) =>
        PostAsync<Decision>("decisions", transaction, cancel);

    /// <summary>Sends transactions, which are decided soon after they are accepted.</summary>
    public Task<AcceptedTransactions> AcceptAsync(IReadOnlyList<TransactionRequest> transactions, CancellationToken cancel = default) =>
        PostAsync<AcceptedTransactions>("transactions", transactions, cancel);

    /// <summary>Says whether a decided transaction was fraud. The service refuses with status 404 if it is not decided,
    /// or not stored yet.</summary>
    public Task<AcceptedLabels> LabelAsync(LabelRequest label, CancellationToken cancel = default) =>
        PostAsync<AcceptedLabels>("labels", label, cancel);

    /// <summary>Says which decided transactions were fraud. The answer names the labels that were rejected.</summary>
    public Task<AcceptedLabels> LabelAsync(IReadOnlyList<LabelRequest> labels, CancellationToken cancel = default) =>
        PostAsync<AcceptedLabels>("labels", labels, cancel);

    /// <summary>One decision with its features, reasons and verdicts; null if there is none.</summary>
    public Task<Decision?> FindDecisionAsync(string id, CancellationToken cancel = default) =>
        FindAsync<Decision>($"decisions/{Uri.EscapeDataString(id)}", cancel);

    /// <summary>A page of decisions, without their feature vectors.</summary>
    public Task<DecisionPage> DecisionsAsync(DecisionFilter filter, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return GetAsync<DecisionPage>($"decisions?{filter.ToQuery()}", cancel);
    }

    /// <summary>Totals, throughput and latency.</summary>
    public Task<Statistics> StatisticsAsync(CancellationToken cancel = default) => GetAsync<Statistics>("statistics", cancel);

    /// <summary>A page of dead letters.</summary>
    /// <param name="limit">The largest number of letters, 1 to 500.</param>
    /// <param name="all">True to include letters that were driven again.</param>
    /// <param name="before">The <c>next</c> of an earlier page.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<DeadLetterPage> DeadLettersAsync(
        int limit = 100, bool all = false, string? before = null, CancellationToken cancel = default)
    {
        var older = before is null ? "" : $"&before={Uri.EscapeDataString(before)}";
        return GetAsync<DeadLetterPage>($"dead-letters?limit={limit}&state={(all ? "all" : "open")}{older}", cancel);
    }

    /// <summary>One dead letter.</summary>
    public Task<DeadLetterView> DeadLetterAsync(string key, CancellationToken cancel = default) =>
        GetAsync<DeadLetterView>(DeadLetterPath(key), cancel);

    /// <summary>Appends a dead letter to the log again, as it is or corrected.</summary>
    /// <param name="key">The key of the letter.</param>
    /// <param name="corrected">The JSON of the corrected transaction; null for what the letter holds.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<DrivenLetter> DriveAsync(string key, ReadOnlyMemory<byte>? corrected = null, CancellationToken cancel = default) =>
        SendAsync<DrivenLetter>(HttpMethod.Post, $"{DeadLetterPath(key)}/drive", corrected, JsonType, cancel);

    /// <summary>Copies every dead letter as NDJSON, oldest first, while it arrives.</summary>
    public async Task ExportDeadLettersAsync(Stream target, CancellationToken cancel = default)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, "dead-letters/export"), cancel);
        await response.Content.CopyToAsync(target, cancel);
    }

    /// <summary>Every stored decision with its features, scores and last verdict, in the order of commits, while it arrives.</summary>
    /// <param name="labelsUntil">Verdicts that became known later are left out; null for all.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async IAsyncEnumerable<DecidedFeatures> ExportFeaturesAsync(
        DateTimeOffset? labelsUntil = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var query = labelsUntil is { } until ? $"?labelsUntil={Uri.EscapeDataString(until.ToString("O", CultureInfo.InvariantCulture))}" : "";
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"features/export{query}"), cancel);
        await using var lines = await response.Content.ReadAsStreamAsync(cancel);
        await using var decided = JsonSerializer.DeserializeAsyncEnumerable<DecidedFeatures>(lines, topLevelValues: true, Strict, cancel)
            .GetAsyncEnumerator(cancel);
        while (await AnswerAsync(() => decided.MoveNextAsync().AsTask(), cancel))
        {
            yield return decided.Current!;
        }
    }

    /// <summary>The newest runs of ingestion, newest first, without their faults.</summary>
    /// <param name="limit">The largest number of runs, 1 to 1,000.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<IReadOnlyList<IngestionRun>> IngestionsAsync(int limit = 100, CancellationToken cancel = default) =>
        GetAsync<IReadOnlyList<IngestionRun>>($"ingestions?limit={limit}", cancel);

    /// <summary>One run of ingestion with its first faults; null if there is none.</summary>
    public Task<IngestionRun?> FindIngestionAsync(string id, CancellationToken cancel = default) =>
        FindAsync<IngestionRun>($"ingestions/{Uri.EscapeDataString(id)}", cancel);

    /// <summary>The shards that the process owns, and the state of each.</summary>
    /// <param name="withFingerprints">True to include hashes over all histories.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<IReadOnlyList<ShardReport>> ShardsAsync(bool withFingerprints = false, CancellationToken cancel = default) =>
        GetAsync<IReadOnlyList<ShardReport>>(withFingerprints ? "shards?fingerprint=true" : "shards", cancel);

    /// <summary>Memory and processor time of the process.</summary>
    public Task<ProcessReport> ProcessAsync(CancellationToken cancel = default) => GetAsync<ProcessReport>("process", cancel);

    /// <summary>True if the service is healthy; false if it is not, or cannot be reached.</summary>
    public async Task<bool> IsHealthyAsync(CancellationToken cancel = default)
    {
        try
        {
            (await SendAsync(new HttpRequestMessage(HttpMethod.Get, "health"), cancel)).Dispose();
            return true;
        }
        catch (AegisUnavailableException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static string DeadLetterPath(string key) => $"dead-letters/{Uri.EscapeDataString(key)}";

    private Task<T> GetAsync<T>(string path, CancellationToken cancel) => SendAsync<T>(HttpMethod.Get, path, body: null, JsonType, cancel);

    private Task<T> PostAsync<T>(string path, object body, CancellationToken cancel) =>
        SendAsync<T>(HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(body, AegisJson.Options), JsonType, cancel);

    private Task<T> PutAsync<T>(string path, object body, CancellationToken cancel) =>
        SendAsync<T>(HttpMethod.Put, path, JsonSerializer.SerializeToUtf8Bytes(body, AegisJson.Options), JsonType, cancel);

    private async Task<T?> FindAsync<T>(string path, CancellationToken cancel)
        where T : class
    {
        try
        {
            return await GetAsync<T>(path, cancel);
        }
        catch (AegisRefusedException e) when (e.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string path, ReadOnlyMemory<byte>? body, string type, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method != HttpMethod.Get)
        {
            request.Content = new ReadOnlyMemoryContent(body ?? default) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        }

        using var response = await SendAsync(request, cancel);
        return await ReadAsync<T>(response, cancel);
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancel)
    {
        try
        {
            var bytes = await AnswerAsync(() => response.Content.ReadAsByteArrayAsync(cancel), cancel);
            return JsonSerializer.Deserialize<T>(bytes, Strict) ?? throw new JsonException("The answer is empty.");
        }
        catch (JsonException e)
        {
            throw new AegisUnavailableException(
                "The scoring service gave an answer that this program cannot read. Both may be of different versions.", e);
        }
    }

    /// <summary>Sends a request and returns only an answer of success.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var response = await AnswerAsync(() => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel), cancel);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var status = (int)response.StatusCode;
            var sentence = Detail(await AnswerAsync(() => response.Content.ReadAsByteArrayAsync(cancel), cancel))
                ?? $"The scoring service answered with status {status}.";
            throw status is >= 400 and < 500 ? new AegisRefusedException(status, sentence) : new AegisUnavailableException(sentence);
        }
    }

    private async Task<T> AnswerAsync<T>(Func<Task<T>> call, CancellationToken cancel)
    {
        try
        {
            return await call();
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new AegisUnavailableException($"The scoring service did not answer within {http.Timeout.TotalSeconds:N0} seconds.", e);
        }
        catch (HttpRequestException e)
        {
            throw new AegisUnavailableException($"The scoring service cannot be reached: {e.Message}", e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The caller's own handlers (retries, circuit breakers) throw exceptions of their own.
            throw new AegisUnavailableException(
                "The scoring service does not answer, or too slowly, and is not asked again for some seconds.", e);
        }
    }

    /// <summary>The sentence of a problem document (RFC 9457); null for anything else.</summary>
    private static string? Detail(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(body));
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("detail", out var detail)
                ? detail.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

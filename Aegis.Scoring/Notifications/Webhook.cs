using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Aegis.Scoring.Storage;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Notifications;

/// <summary>What a receiver answered.</summary>
/// <param name="Fault">Why it did not take the message; null if it did.</param>
/// <param name="RetryAfter">How long it asks to wait; null if it does not.</param>
internal readonly record struct ReceiverAnswer(string? Fault, TimeSpan? RetryAfter = null);

/// <summary>Posts messages to receivers. It follows no redirect, and retries nothing: the outbox does that.</summary>
internal sealed class Webhook : IDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _time;

    public Webhook(IOptions<ScoringOptions> options, TimeProvider time)
    {
        _time = time;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeLimit,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = (context, cancel) => ReceiverAddress.ConnectAsync(
                context.DnsEndPoint, options.Value.PrivateReceivers, cancel),
        });
    }

    /// <summary>Posts a message.</summary>
    public async Task<ReceiverAnswer> PostAsync(StoredChannel channel, DueMessage message, CancellationToken cancel)
    {
        var now = _time.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, channel.Settings.Url)
        {
            Content = new StringContent(message.Body, Encoding.UTF8, "application/json"),
        };
        var isOldValid = channel.SecretBefore is not null
            && now - DateTimeOffset.FromUnixTimeMilliseconds(channel.SecretChangedMs) < Overlap;
        request.Headers.Add(
            Signature.Header, Signature.Of(message.Body, now, isOldValid ? [channel.Secret, channel.SecretBefore!] : [channel.Secret]));
        request.Headers.Add("Aegis-Message", message.Id.ToString(CultureInfo.InvariantCulture));
        request.Headers.UserAgent.ParseAdd("Aegis");
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(TimeLimit);
        try
        {
            using var response = await _http.SendAsync(request, limited.Token);
            return response.IsSuccessStatusCode ? default
                : new ReceiverAnswer($"The receiver answered {(int)response.StatusCode}.", RetryAfter(response, now));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new ReceiverAnswer($"No answer within {TimeLimit.TotalSeconds:N0} s.");
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException)
        {
            return new ReceiverAnswer(e.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now) =>
        response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date is { } date ? date - now : null);
}

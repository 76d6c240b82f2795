using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Streams;
using Aegis.TestRig.Processes;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Aegis.TestRig.Traffic;

/// <summary>Callers as a payments team would write them: each sends a payment until it is decided, to whichever process answers, always under the same id, and labels some, until that is accepted.</summary>
internal sealed class Callers(IReadOnlyList<ScoringProcess> services, ulong seed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // Killed, restarting, or too slow: again, under the same id.
    private static readonly ResiliencePipeline Retries = new ResiliencePipelineBuilder { Name = "calls that are sent until they are accepted" }
        .AddTimeout(Patience)
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            Delay = TimeSpan.FromMilliseconds(50),
            ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>().Handle<IOException>().Handle<TimeoutRejectedException>(),
        })
        .AddTimeout(TimeSpan.FromSeconds(3))
        .Build();

    private long _next;

    /// <summary>One of so many payments is labelled; 0 for none.</summary>
    public ulong LabelsOneOf { get; init; }

    /// <summary>What callers were told: the decision's outcome and place, by id.</summary>
    public ConcurrentDictionary<string, (DecisionOutcome Outcome, LogPosition Position)> Answers { get; } = new();

    /// <summary>Calls until told to stop; what was begun is brought to its end.</summary>
    public async Task RunAsync(int count, CancellationToken stopping)
    {
        using var payments = Backlog.Payments(1_000_000, seed).GetEnumerator();
        var turn = new Lock();
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(async () =>
        {
            while (!stopping.IsCancellationRequested)
            {
                Transaction payment;
                lock (turn)
                {
                    payments.MoveNext();
                    payment = payments.Current with { EventTime = TimeProvider.System.GetUtcNow() };
                    payment = payment with { EventTime = DateTimeOffset.FromUnixTimeMilliseconds(payment.EventTime.ToUnixTimeMilliseconds()) };
                }

                var decision = await DecideAsync(payment);
                Answers[payment.Id] = (decision.Outcome, decision.Position);
                if (LabelsOneOf > 0 && StableHash.Hash64(payment.Id) % LabelsOneOf == 0)
                {
                    await SendAsync("/labels", new { transactionId = payment.Id, isFraud = payment.AmountMinor % 2 == 0 }, response => Task.FromResult(response.StatusCode), isLater: true);
                }
            }
        }, CancellationToken.None)));
    }

    private Task<Decision> DecideAsync(Transaction payment) =>
        SendAsync("/decisions", Body(payment), async response => (await response.Content.ReadFromJsonAsync<Decision>(AegisJson.Options))!, isLater: false);

    /// <summary>Sends until it is accepted; gives up where that takes longer than any recovery.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="body">What.</param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="isLater">True where 404 says that the payment is decided and not stored yet.</param>
    private async Task<T> SendAsync<T>(string path, object body, Func<HttpResponseMessage, Task<T>> read, bool isLater)
    {
        try
        {
            return await Retries.ExecuteAsync(async cancel =>
            {
                var service = services[(int)(Interlocked.Increment(ref _next) % services.Count)];
                using var response = await service.Http.PostAsJsonAsync(path, body, AegisJson.Options, cancel);
                if ((int)response.StatusCode is >= 400 and < 500 && !(isLater && response.StatusCode == HttpStatusCode.NotFound))
                {
                    throw new InvalidOperationException($"{path}: {await response.Content.ReadAsStringAsync(cancel)}");
                }

                return await read(response.EnsureSuccessStatusCode()).WaitAsync(cancel);
            });
        }
        catch (TimeoutRejectedException e)
        {
            throw new InvalidOperationException($"{path}: not accepted within {Patience}: {JsonSerializer.Serialize(body, AegisJson.Options)}", e);
        }
    }

    /// <summary>A payment as the API takes it.</summary>
    public static Dictionary<string, object?> Body(Transaction t) => new()
    {
        ["id"] = t.Id,
        ["eventTime"] = t.EventTime.ToString("O"),
        ["cardToken"] = t.CardToken,
        ["amountMinor"] = t.AmountMinor,
        ["currency"] = t.Currency,
        ["merchantId"] = t.MerchantId,
        ["mcc"] = t.Mcc.ToString("D4"),
        ["country"] = t.Country,
        ["channel"] = t.Channel.Name(),
        ["latitude"] = t.Latitude,
        ["longitude"] = t.Longitude,
        ["deviceId"] = t.DeviceId,
        ["ipAddress"] = t.IpAddress,
    };
}

using System.Collections.Concurrent;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.TestRig.Processes;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Aegis.TestRig.Traffic;

/// <summary>Callers as a payments team would write them. Each sends a payment until it is decided, always under the
/// same id, to whichever process answers. It also labels some payments, until the label is accepted.</summary>
internal sealed class Callers(IReadOnlyList<ScoringProcess> services, ulong seed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // The service was killed, restarts or is too slow: send again, under the same id.
    private static readonly ResiliencePipeline Retries =
        new ResiliencePipelineBuilder { Name = "calls that are sent until they are accepted" }
        .AddTimeout(Patience)
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            Delay = TimeSpan.FromMilliseconds(50),
            ShouldHandle = new PredicateBuilder().Handle<AegisUnavailableException>()
                .Handle<AegisRefusedException>(refused => refused.Status == NotStoredYet).Handle<TimeoutRejectedException>(),
        })
        .AddTimeout(TimeSpan.FromSeconds(3))
        .Build();

    // The status for a label whose payment is decided but not stored yet.
    private const int NotStoredYet = 404;

    private long _next;

    /// <summary>One payment of this number is labelled; 0 for none.</summary>
    public ulong LabelsOneOf { get; init; }

    /// <summary>The callers' answers: outcome and place of the decision, by id.</summary>
    public ConcurrentDictionary<string, (DecisionOutcome Outcome, LogPosition Position)> Answers { get; } = new();

    /// <summary>Calls until told to stop. Calls that have begun are brought to their end.</summary>
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
                    payment = payment with { EventTime = DateTimeOffset.FromUnixTimeMilliseconds(
                        payment.EventTime.ToUnixTimeMilliseconds()) };
                }

                var decision = await SendAsync(payment.Id, (api, cancel) => api.DecideAsync(TransactionRequest.Of(payment), cancel));
                Answers[payment.Id] = (decision.Outcome, decision.Position);
                if (LabelsOneOf > 0 && StableHash.Hash64(payment.Id) % LabelsOneOf == 0)
                {
                    var label = new LabelRequest(payment.Id, IsFraud: payment.AmountMinor % 2 == 0);
                    await SendAsync(payment.Id, (api, cancel) => api.LabelAsync(label, cancel));
                }
            }
        }, CancellationToken.None)));
    }

    /// <summary>Sends until the call is accepted. Gives up if that takes longer than any recovery.</summary>
    private async Task<T> SendAsync<T>(string id, Func<AegisClient, CancellationToken, Task<T>> call)
    {
        try
        {
            return await Retries.ExecuteAsync(async cancel =>
            {
                var service = services[(int)(Interlocked.Increment(ref _next) % services.Count)];
                return await call(service.Api, cancel);
            });
        }
        catch (TimeoutRejectedException e)
        {
            throw new InvalidOperationException($"Transaction {id}: not accepted within {Patience}.", e);
        }
    }
}

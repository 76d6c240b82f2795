using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.ServiceDefaults;
using Aegis.Streams.Live;
using Aegis.Streams.Redis;

namespace Aegis.Dashboard.Feed;

/// <summary>Follows the live feed, once for all viewers.</summary>
internal sealed partial class FeedService(LiveFeed feed, AegisClient scoring, TimeProvider time, ILogger<FeedService> logger)
    : BackgroundService
{
    private const int ShownAtFirst = 20;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();

    /// <summary>The newest state.</summary>
    public FeedSnapshot Current { get; private set; } = new();

    /// <summary>Raised after every change, on any thread.</summary>
    public event Action? Changed;

    /// <summary>Reads totals and the latest decisions from the scoring service.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        var statistics = await scoring.StatisticsAsync(cancel);
        var flagged = await LatestAsync("flagged", cancel);
        var recent = await LatestAsync(null, cancel);
        Update(current => flagged.Concat(recent).Aggregate(current, (known, decision) => known.With(decision)).With(statistics));
    }

    private async Task<IReadOnlyList<Decision>> LatestAsync(string? outcome, CancellationToken cancel) =>
        (await scoring.DecisionsAsync(new DecisionFilter(outcome, Limit: ShownAtFirst), cancel)).Decisions;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var retries = Retries.Endless(
            "live feed", RetryPause, time, fault => fault is RedisException or AegisException or JsonException, fault =>
        {
            LogInterrupted(fault.Message);
            Update(current => current with { Fault = $"Live updates are interrupted. {fault.Message}" });
        });
        await retries.ExecuteAsync(
            async cancel =>
            {
                await RefreshAsync(cancel);
                await FollowAsync(cancel);
            },
            stoppingToken);
    }

    private async Task FollowAsync(CancellationToken stopping)
    {
        await foreach (var message in feed.SubscribeAsync(stopping))
        {
            Update(current => Apply(current, message));
            if (message.Kind == LiveKinds.RunFinished)
            {
                _ = SettleAsync(stopping);
            }
        }
    }

    private static FeedSnapshot Apply(FeedSnapshot snapshot, LiveMessage message) => message.Kind switch
    {
        LiveKinds.Flagged or LiveKinds.Sample => snapshot.With(Read<Decision>(message)),
        LiveKinds.RollUp => snapshot.With(Read<Statistics>(message)),
        LiveKinds.RunFinished => snapshot.With(Read<RunFinished>(message)),
        _ => snapshot,
    };

    private static T Read<T>(LiveMessage message) =>
        JsonSerializer.Deserialize<T>(message.Json, AegisJson.Options)
            ?? throw new JsonException($"A live message of kind '{message.Kind}' is empty.");

    /// <summary>Waits until the totals stand still: scoring decides a run's last transactions moments after the
    /// producer sent them.</summary>
    private async Task SettleAsync(CancellationToken stopping)
    {
        try
        {
            long? before;
            do
            {
                before = Current.Statistics?.Decided;
                await Task.Delay(SettleTime, time, stopping);
                await RefreshAsync(stopping);
            }
            while (Current.Statistics?.Decided != before);

            Update(current => current.Settled());
        }
        catch (Exception e) when (e is AegisException or OperationCanceledException)
        {
            LogInterrupted(e.Message);
        }
    }

    private void Update(Func<FeedSnapshot, FeedSnapshot> change)
    {
        lock (_lock)
        {
            Current = change(Current);
        }

        Changed?.Invoke();
    }

    [LoggerMessage(4001, LogLevel.Warning, "Live updates are interrupted: {Reason}")]
    private partial void LogInterrupted(string reason);
}

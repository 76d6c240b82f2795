using System.Threading.Channels;
using Aegis.Core.Decisions;
using Aegis.Scoring.Commits;
using Aegis.Streams.Live;
using Aegis.Streams.Redis;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Telemetry;

/// <summary>Publishes flagged decisions, a sample of the others, and, while they change, totals once a second. It never
/// holds decisions up.</summary>
internal sealed partial class LiveFeedPublisher(
    LiveFeed feed, LiveStatistics statistics, TimeProvider time, ILogger<LiveFeedPublisher> logger) : BackgroundService, ICommitObserver
{
    private const int SamplesPerRound = 10;
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RollUpInterval = TimeSpan.FromSeconds(1);

    // A slow watcher misses messages; the store has them all.
    private readonly Channel<Decision> _flagged = Channel.CreateBounded<Decision>(
        new BoundedChannelOptions(500) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Channel<Decision> _samples = Channel.CreateBounded<Decision>(
        new BoundedChannelOptions(SamplesPerRound) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <inheritdoc/>
    public void Committed(DecisionBlock block, DateTimeOffset started, DateTimeOffset ended)
    {
        foreach (var made in block.Made)
        {
            (made.Decision.IsFlagged ? _flagged : _samples).Writer.TryWrite(made.Decision);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long published = -1;
        var nextRollUp = time.GetTimestamp();
        using var timer = new PeriodicTimer(Round, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var messages = new List<(string, object)>();
            Drain(_flagged.Reader, LiveKinds.Flagged, messages);
            Drain(_samples.Reader, LiveKinds.Sample, messages);
            try
            {
                var changes = statistics.Changes;
                if (changes != published && time.GetElapsedTime(nextRollUp) >= TimeSpan.Zero)
                {
                    messages.Add((LiveKinds.RollUp, statistics.Read()));
                    published = changes;
                    nextRollUp = time.GetTimestamp() + (long)(RollUpInterval.TotalSeconds * time.TimestampFrequency);
                }

                await feed.PublishAsync(messages, stoppingToken);
            }
            catch (Exception e) when (e is RedisException or SqliteException)
            {
                LogNotPublished(messages.Count, e.Message);
            }
        }
    }

    private static void Drain(ChannelReader<Decision> reader, string kind, List<(string, object)> messages)
    {
        while (reader.TryRead(out var decision))
        {
            messages.Add((kind, decision with { Features = [] }));
        }
    }

    [LoggerMessage(2201, LogLevel.Debug, "{Count} live messages were not published: {Reason}")]
    private partial void LogNotPublished(int count, string reason);
}

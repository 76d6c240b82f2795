using System.Collections.Concurrent;
using Aegis.Scoring.Storage;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Notifications;

/// <summary>Sends what waits in the outbox: each channel by itself and in order, so that a receiver that never answers slows no
/// other. A message that is not taken is tried again, after one second first and up to an hour later, for a day.</summary>
internal sealed partial class OutboxDelivery(
    ChannelStore channels, OutboxStore outbox, Webhook webhook, Caretaker caretaker, TimeProvider time, ILogger<OutboxDelivery> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(1);
    private static readonly TimeSpan KeptAfterSent = TimeSpan.FromDays(7);

    // Deleting takes the writer's turn, so it is not done in every round.
    private static readonly TimeSpan DropPause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, Task> _lanes = [];
    private long _droppedAt;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (caretaker.IsHere)
                {
                    Begin(stoppingToken);
                    DropNowAndThen();
                }
            }
            catch (SqliteException e)
            {
                LogPutOff(e.Message);
            }
        }

        await Task.WhenAll(_lanes.Values);
    }

    private void DropNowAndThen()
    {
        if (_droppedAt == 0 || time.GetElapsedTime(_droppedAt) > DropPause)
        {
            _droppedAt = time.GetTimestamp();
            outbox.Drop(time.GetUtcNow() - KeptAfterSent);
        }
    }

    private void Begin(CancellationToken stopping)
    {
        foreach (var channel in channels.All().Where(channel => !channel.Settings.IsPaused))
        {
            if (!_lanes.TryGetValue(channel.Id, out var lane) || lane.IsCompleted)
            {
                _lanes[channel.Id] = RunAsync(channel, stopping);
            }
        }
    }

    /// <summary>Sends what is due in a channel, until nothing is, a receiver does not take it, or this process is to stop.</summary>
    private async Task RunAsync(StoredChannel channel, CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested && caretaker.IsHere && Next(channel) is { } message)
            {
                var answer = await webhook.PostAsync(channel, message, stopping);
                var now = time.GetUtcNow();
                if (answer.Fault is null)
                {
                    outbox.Sent(message.Id, now);
                    continue;
                }

                var next = now + Wait(message.Tries, answer.RetryAfter);
                var isGivenUp = next - DateTimeOffset.FromUnixTimeMilliseconds(message.CreatedMs) > GivenUpAfter;
                outbox.Failed(message.Id, answer.Fault, isGivenUp ? null : next, now);
                if (isGivenUp)
                {
                    LogGivenUp(message.Id, channel.Name, answer.Fault);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next caretaker sends it; a receiver that took it meanwhile knows its number.
        }
        catch (SqliteException e)
        {
            LogPutOff(e.Message);
        }
    }

    private DueMessage? Next(StoredChannel channel)
    {
        var now = time.GetUtcNow();
        return outbox.Head(channel.Id) is { } head && head.DueMs <= now.ToUnixTimeMilliseconds()
            && !(channel.Settings.MaxAnHour is { } most && outbox.SentSince(channel.Id, now - TimeSpan.FromHours(1)) >= most)
                ? head
                : null;
    }

    private static TimeSpan Wait(int tries, TimeSpan? asked)
    {
        var doubled = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(tries, 12)));
        var longer = asked > doubled ? asked.Value : doubled;
        return longer < Longest ? longer : Longest;
    }

    [LoggerMessage(3123, LogLevel.Debug, "Sending messages put off: {Reason}")]
    private partial void LogPutOff(string reason);

    [LoggerMessage(3124, LogLevel.Warning, "Message {Message} to channel {Channel} was given up after a day: {Reason}")]
    private partial void LogGivenUp(long message, string channel, string reason);
}

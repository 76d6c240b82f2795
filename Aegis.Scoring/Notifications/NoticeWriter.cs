using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Notifications;

/// <summary>Puts messages about committed alerts and dead letters into the outbox, behind the hot path and in small steps. Messages
/// and cursor move together, so a process that dies loses none and doubles none.</summary>
internal sealed partial class NoticeWriter(
    ChannelStore channels, OutboxStore outbox, AlertReader alerts, ModelRegistry models, Caretaker caretaker, TimeProvider time,
    ILogger<NoticeWriter> logger) : BackgroundService
{
    private const int AlertsAtOnce = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan StepPause = TimeSpan.FromMilliseconds(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (!stoppingToken.IsCancellationRequested && caretaker.IsHere && Step())
                {
                    await Task.Delay(StepPause, time, stoppingToken);
                }
            }
            catch (SqliteException e)
            {
                // Health reports the store; the alerts wait in it.
                LogPutOff(e.Message);
            }
        }
    }

    /// <summary>Tells the next alerts, and the dead letters since the last time.</summary>
    /// <returns>True if there may be more.</returns>
    internal bool Step()
    {
        var (receivers, now) = (channels.All(), time.GetUtcNow());
        var (told, letters) = (outbox.Told(OutboxStore.DeadLettersTold), outbox.DeadLetters());
        if (letters > told)
        {
            outbox.Tell(
                OutboxStore.DeadLettersTold, told, letters,
                [.. receivers.Where(Wants(NoticeKind.DeadLetters)).Select(channel => new NewMessage(
                    channel.Id, NoticeKind.DeadLetters, MessageBody.OfDeadLetters(channel.Settings.Template, letters - told, now)))], now);
        }

        var after = outbox.Told(OutboxStore.AlertsTold);
        var found = alerts.After(after, AlertsAtOnce);
        if (found.Count > 0)
        {
            var interested = receivers.Where(Wants(NoticeKind.Alert)).ToList();
            outbox.Tell(
                OutboxStore.AlertsTold, after, found[^1].Sequence,
                [.. found.SelectMany(alert => interested.Select(channel => Message(channel, alert, now))).OfType<NewMessage>()], now);
        }

        return found.Count == AlertsAtOnce;
    }

    private static Func<StoredChannel, bool> Wants(NoticeKind kind) => channel => channel.Settings.Events.Contains(kind);

    private NewMessage? Message(StoredChannel channel, FlaggedDecision alert, DateTimeOffset now)
    {
        var settings = channel.Settings;
        var transaction = alert.Transaction;
        var amount = models.Rates.Find(alert.Rates)?.ToReference(transaction.AmountMinor, transaction.Currency) ?? double.NaN;
        var isWanted = settings.Outcomes.Contains($"{(DecisionOutcome)alert.Outcome}".ToLowerInvariant())
            && !(new Assessment { Risk = alert.Risk }.Score < settings.MinScore) && !(amount < settings.MinAmount);
        return isWanted
            ? new NewMessage(channel.Id, NoticeKind.Alert, MessageBody.OfAlert(settings.Template, alert, amount, now))
            : null;
    }

    [LoggerMessage(3121, LogLevel.Debug, "Messages about alerts put off: {Reason}")]
    private partial void LogPutOff(string reason);
}

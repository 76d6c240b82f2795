using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Notifications;

/// <summary>Puts messages about committed alerts and dead letters into the outbox, behind the hot path and in small steps. Messages
/// and cursor move together, so a process that dies loses none and doubles none.</summary>
internal sealed partial class NoticeWriter(
    ChannelStore channels, OutboxStore outbox, AlertReader alerts, ModelRegistry models, Caretaker caretaker, TimeProvider time,
    ILogger<NoticeWriter> logger) : CommitFollower(caretaker, time, Pause)
{
    private const int AlertsAtOnce = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Tells the next alerts, and the dead letters since the last time.</summary>
    /// <returns>True if there may be more.</returns>
    internal override bool Step()
    {
        var (receivers, now) = (channels.All(), Time.GetUtcNow());
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
        var amount = models.Rates.ToReference(alert.Transaction, alert.Rates);
        var isWanted = settings.Outcomes.Contains(((DecisionOutcome)alert.Outcome).Name())
            && !(Assessment.ScoreOf(alert.Risk) < settings.MinScore) && !(amount < settings.MinAmount);
        return isWanted
            ? new NewMessage(channel.Id, NoticeKind.Alert, MessageBody.OfAlert(settings.Template, alert, amount, now))
            : null;
    }

    /// <inheritdoc/>
    protected override void PutOff(string reason) => LogPutOff(reason);

    [LoggerMessage(3121, LogLevel.Debug, "Messages about alerts put off: {Reason}")]
    private partial void LogPutOff(string reason);
}

using Aegis.Scoring.Storage;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Streams.Redis;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Cases;

/// <summary>Makes labels of verdicts that can be undone no more. To make one twice does no harm.</summary>
internal sealed partial class VerdictLabels(
    VerdictStore verdicts, DecisionStore decisions, TransactionLog log, Caretaker caretaker, TimeProvider time,
    ILogger<VerdictLabels> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (caretaker.IsHere && await StepAsync(stoppingToken))
                {
                }
            }
            catch (Exception e) when (e is SqliteException or RedisException)
            {
                // Health reports both; the verdicts wait in the store.
                LogPutOff(e.Message);
            }
        }
    }

    /// <returns>True if there may be more.</returns>
    private async Task<bool> StepAsync(CancellationToken cancel)
    {
        var due = verdicts.Due(time.GetUtcNow() - CaseDesk.Undoable);
        // Whose decision was deleted by age can be no label any more.
        var labels = due.Select(verdict => (verdict, decisions.Find(verdict.TransactionId)?.Transaction))
            .Where(found => found.Transaction is not null)
            .Select(found => new PaymentLabel(
                found.Transaction!, found.verdict.IsFraud, Later(found.verdict.At, found.Transaction!.EventTime))).ToList();
        await log.AppendLabelsAsync(labels, cancel);
        verdicts.NoteLabels(due);
        return due.Count > 0;
    }

    /// <summary>A payment's clock may be ahead of ours; nothing is known of it before it was made.</summary>
    private static DateTimeOffset Later(DateTimeOffset known, DateTimeOffset paid) => known > paid ? known : paid;

    [LoggerMessage(3102, LogLevel.Debug, "Labels of verdicts put off: {Reason}")]
    private partial void LogPutOff(string reason);
}

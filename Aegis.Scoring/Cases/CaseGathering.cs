using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Cases;

/// <summary>Gathers the alerts that were committed into cases, behind the hot path and in small steps.</summary>
internal sealed partial class CaseGathering(
    AlertReader alerts, CaseStore cases, CaseOdds odds, ModelRegistry models, Caretaker caretaker, TimeProvider time,
    ILogger<CaseGathering> logger) : BackgroundService
{
    private const int AlertsAtOnce = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // Gives a waiting writer its turn.
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
                // The store is full, locked or read-only. The writer reports that in health; gathering waits.
                LogPutOff(e.Message);
            }
        }
    }

    /// <summary>Gathers the next alerts.</summary>
    /// <returns>True if there may be more.</returns>
    internal bool Step()
    {
        var after = cases.Cursor();
        var found = alerts.After(after, AlertsAtOnce);
        if (found.Count > 0)
        {
            cases.Gather(after, found[^1].Sequence, [.. found.Select(Gathered)], time.GetUtcNow());
        }

        return found.Count == AlertsAtOnce;
    }

    private CaseAlert Gathered(FlaggedDecision flagged)
    {
        var transaction = flagged.Transaction;
        var amount = models.Rates.Find(flagged.Rates)?.ToReference(transaction.AmountMinor, transaction.Currency) ?? double.NaN;
        return new CaseAlert(
            flagged.Sequence, transaction.Id, transaction.CardToken, transaction.EventTime.ToUnixTimeMilliseconds(), flagged.Outcome,
            double.IsNaN(amount) ? 0 : amount, flagged.Risk, odds.At(flagged.Risk));
    }

    [LoggerMessage(3101, LogLevel.Debug, "Gathering of cases put off: {Reason}")]
    private partial void LogPutOff(string reason);
}

using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Cases;

/// <summary>Gathers the alerts that were committed into cases, behind the hot path and in small steps.</summary>
internal sealed partial class CaseGathering(
    AlertReader alerts, CaseStore cases, CaseOdds odds, ModelRegistry models, Caretaker caretaker, TimeProvider time,
    ILogger<CaseGathering> logger) : CommitFollower(caretaker, time, Pause)
{
    private const int AlertsAtOnce = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Gathers the next alerts.</summary>
    /// <returns>True if there may be more.</returns>
    internal override bool Step()
    {
        var after = cases.Cursor();
        var found = alerts.After(after, AlertsAtOnce);
        if (found.Count > 0)
        {
            cases.Gather(after, found[^1].Sequence, [.. found.Select(Gathered)], Time.GetUtcNow());
        }

        return found.Count == AlertsAtOnce;
    }

    private CaseAlert Gathered(FlaggedDecision flagged)
    {
        var transaction = flagged.Transaction;
        var amount = models.Rates.ToReference(transaction, flagged.Rates);
        return new CaseAlert(
            flagged.Sequence, transaction.Id, transaction.CardToken, transaction.EventTime.ToUnixTimeMilliseconds(), flagged.Outcome,
            double.IsNaN(amount) ? 0 : amount, flagged.Risk, odds.At(flagged.Risk));
    }

    /// <inheritdoc/>
    protected override void PutOff(string reason) => LogPutOff(reason);

    [LoggerMessage(3101, LogLevel.Debug, "Gathering of cases put off: {Reason}")]
    private partial void LogPutOff(string reason);
}

using Aegis.Core.Ingestions;
using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Streams.Ingestions;
using Aegis.Streams.Redis;

namespace Aegis.Scoring.Api;

/// <summary>Counts the transactions that callers send together, as a run of ingestion.</summary>
internal sealed class IngestionIntake(RecentIds ids, IngestionReports reports, TimeProvider time)
{
    /// <summary>Begins a run.</summary>
    public IngestionTally Begin(string format) => new(format, file: null, time.GetUtcNow());

    /// <summary>Counts a transaction before it is appended: what was met before as a duplicate or, with other content,
    /// as a fault. The latter becomes a dead letter.</summary>
    /// <param name="tally">The run.</param>
    /// <param name="line">The transaction's line or item, from 1.</param>
    /// <param name="transaction">The transaction.</param>
    public void Count(IngestionTally tally, long line, Transaction transaction)
    {
        var key = TransactionKey.Of(transaction);
        switch (ids.Look(key))
        {
            case Novelty.New:
                tally.Accept(key.Id);
                break;
            case Novelty.Duplicate:
                tally.AddDuplicate();
                break;
            default:
                tally.Refuse(line, [TransactionRules.TakenId(transaction.Id)]);
                break;
        }
    }

    /// <summary>Ends a run and hands it over.</summary>
    /// <returns>The run's id; null if nothing was received, or if Redis does not take the record now.</returns>
    public async Task<string?> EndAsync(IngestionTally tally, CancellationToken cancel)
    {
        if (tally.Received == 0)
        {
            return null;
        }

        var run = tally.ToRun(time.GetUtcNow());
        try
        {
            await reports.AddAsync(run, cancel);
            return run.Id;
        }
        catch (RedisException)
        {
            // What became of the transactions is the answer; it holds without the record.
            return null;
        }
    }
}

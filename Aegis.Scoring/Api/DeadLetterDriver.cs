using System.Diagnostics.Metrics;
using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Scoring.Shards;
using Aegis.Scoring.Storage;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Api;

/// <summary>Appends a dead letter, or its correction, to the log again.</summary>
internal sealed class DeadLetterDriver(
    DeadLetterStore letters, DecisionStore decisions, RecentIds ids, TransactionLog log, ScoringTelemetry telemetry, TimeProvider time)
{
    private readonly Counter<long> _driven = telemetry.Meter.CreateCounter<long>(
        "aegis.dead_letters.driven", "{entry}", "Dead letters appended to the log again.");

    /// <summary>Appends a dead letter and notes that it was driven. Whether it is now decided shows in
    /// <c>/decisions</c>, or as a new dead letter.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="corrected">The transaction to append; null to append what the letter holds.</param>
    /// <param name="cancel">Ends waiting for the log.</param>
    /// <returns>The reason why nothing was appended; null if it was appended.</returns>
    public async Task<string?> DriveAsync(DeadLetter letter, Transaction? corrected, CancellationToken cancel)
    {
        LogMessage message;
        try
        {
            message = corrected is null
                ? Read(letter)
                : new LogMessage([corrected], IsHistory(letter), time.GetUtcNow(), TraceParent: null);
        }
        catch (MessageFormatException e)
        {
            return e.Message;
        }

        if (message.Transactions.Select(Fault).FirstOrDefault(fault => fault is not null) is { } obstacle)
        {
            return obstacle;
        }

        await log.AppendAsync(message, cancel);
        letters.NoteDrivenAgain(DeadLetterKey.Of(letter), time.GetUtcNow());
        _driven.Add(1);
        return null;
    }

    private LogMessage Read(DeadLetter letter)
    {
        var now = time.GetUtcNow();
        return letter.Kind switch
        {
            EntryKind.Binary => MessageCodec.Decode(letter.Payload) with { ProducedAt = now, TraceParent = null, ReplyTo = null },
            EntryKind.Json => new LogMessage([EntryTexts.ReadJson(letter.Payload, now)], IsHistory: false, now, TraceParent: null),
            EntryKind.Control => throw new MessageFormatException("It is a control entry, which stands in every shard: bring a model into force by POST /models, thresholds by POST /thresholds, exchange rates by POST /rates, rules by POST /rules/{name}/state; the next barrier of facts puts right what one did not do"),
            EntryKind.Label => throw new MessageFormatException("It is a label: send it again by POST /labels"),
            _ => throw new MessageFormatException(letter.Reason),
        };
    }

    /// <summary>What would make the transaction a dead letter again; null if no such fault is known.</summary>
    private string? Fault(Transaction transaction)
    {
        var faults = new List<TransactionFault>();
        TransactionValidator.Validate(transaction, time.GetUtcNow(), faults);
        return faults.Count > 0 ? string.Join("; ", faults)
            : ids.Look(TransactionKey.Of(transaction)) == Novelty.Conflict
            || (decisions.Find(transaction.Id) is { } first && first.Transaction != transaction)
                ? TransactionRules.TakenId(transaction.Id)
            : null;
    }

    /// <summary>True if the letter fed a card's history. Its correction then feeds the history too.</summary>
    private static bool IsHistory(DeadLetter letter)
    {
        try
        {
            return letter.Kind == EntryKind.Binary && new EntryView(letter.Payload).IsHistory;
        }
        catch (MessageFormatException)
        {
            return false;
        }
    }
}

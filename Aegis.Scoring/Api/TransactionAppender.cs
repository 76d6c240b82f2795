using Aegis.Core.Transactions;
using Aegis.Scoring.Shards;
using Aegis.Scoring.Telemetry;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Api;

/// <summary>Puts transactions from callers into the log, with the caller's trace context.</summary>
internal sealed class TransactionAppender(TransactionLog log, ShardOwnership ownership, ReplyPublisher replies, TimeProvider time)
{
    private const string Producer = "api";

    /// <summary>Appends a transaction whose decision is awaited here. If several processes decide, the entry names the
    /// stream for the reply.</summary>
    public Task AppendAwaitedAsync(Transaction transaction, RequestTrace trace, CancellationToken cancel) => log.AppendAsync(
        new LogMessage([transaction], IsHistory: false, time.GetUtcNow(), trace.Parent, ownership.Members > 1
            ? replies.OwnStream
            : null, Producer), cancel);

    /// <summary>Appends transactions. Returns once Redis has them on disk.</summary>
    public Task AppendAsync(IReadOnlyList<Transaction> transactions, RequestTrace trace, CancellationToken cancel)
    {
        var producedAt = time.GetUtcNow();
        return log.AppendAsync(
            [.. transactions.Select(t => new LogMessage([t], IsHistory: false, producedAt, trace.Parent, ReplyTo: null, Producer))],
            cancel);
    }
}

using System.Diagnostics;
using Aegis.Core.Decisions;
using Aegis.Core.Detection;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.Scoring.Storage;
using Aegis.Streams;

namespace Aegis.Scoring.Consumption;

/// <summary>Decides the entries of one shard, in order. Its histories are a function of the log alone; only one thread uses it.</summary>
internal sealed class ShardWorker(int shard, int shardCount, FraudModel model, CurrencyRates rates, DuplicateIndex duplicates, DecisionWaiters waiters, TimeProvider time)
{
    private readonly ShardHistories _histories = new(rates);
    private readonly FraudDetector _detector = new(model);
    private readonly List<TransactionFault> _faults = [];
    private readonly double[] _shares = new double[FeatureSchema.Count];
    private LogPosition _position = LogPosition.Start;

    /// <summary>Rebuilds histories from entries that were committed before, emitting nothing.</summary>
    public void Recover(IEnumerable<LogEntry> entries)
    {
        var ignored = new CommitBatch(shard, _position);
        foreach (var entry in entries)
        {
            Process(entry, ignored, isRecovery: true, time.GetUtcNow());
        }
    }

    /// <summary>Decides entries.</summary>
    public CommitBatch Process(IReadOnlyList<LogEntry> entries, DateTimeOffset readAt)
    {
        var batch = new CommitBatch(shard, _position);
        foreach (var entry in entries)
        {
            Process(entry, batch, isRecovery: false, readAt);
        }

        batch.To = _position;
        return batch;
    }

    private void Process(LogEntry entry, CommitBatch batch, bool isRecovery, DateTimeOffset readAt)
    {
        _position = entry.Position;
        try
        {
            var message = EntryReader.Read(entry);
            for (var item = 0; item < message.Transactions.Count; item++)
            {
                Process(entry, message, item, batch, isRecovery, readAt);
            }
        }
        catch (MessageFormatException e)
        {
            batch.DeadLetters.Add(Reject(entry, 0, e.Message));
        }
    }

    private void Process(LogEntry entry, LogMessage message, int item, CommitBatch batch, bool isRecovery, DateTimeOffset readAt)
    {
        var transaction = message.Transactions[item];
        if (Fault(transaction, entry.Position.AppendedAt) is { } fault)
        {
            batch.DeadLetters.Add(Reject(entry, item, fault));
            waiters.Complete(transaction, new WaitResult(null, fault));
            return;
        }

        switch (duplicates.Register(transaction))
        {
            case Novelty.Duplicate:
                batch.Duplicates++;
                waiters.Complete(transaction, new WaitResult(null));
                return;
            case Novelty.Conflict:
                var reason = $"id is '{transaction.Id}', which an earlier transaction with other content has; allowed: an id of its own";
                batch.DeadLetters.Add(Reject(entry, item, reason));
                waiters.Complete(transaction, new WaitResult(null, reason, IsConflict: true));
                return;
        }

        if (message.IsHistory || isRecovery)
        {
            _histories.Add(transaction);
            batch.History++;
            return;
        }

        var decided = Decide(transaction, entry.Position, message, readAt);
        batch.Decisions.Add(decided);
        waiters.Complete(transaction, new WaitResult(decided.Decision));
    }

    /// <summary>What is wrong with a transaction, all of it; null where nothing is.</summary>
    private string? Fault(Transaction transaction, DateTimeOffset appendedAt)
    {
        _faults.Clear();
        TransactionValidator.Validate(transaction, appendedAt, _faults);
        if (_faults.Count > 0)
        {
            return string.Join("; ", _faults);
        }

        var owner = StableHash.ShardOf(transaction.CardToken, shardCount);
        return owner == shard ? null : $"cardToken belongs to shard {owner}; this entry stands in shard {shard}";
    }

    private TimedDecision Decide(Transaction transaction, LogPosition position, LogMessage message, DateTimeOffset readAt)
    {
        var started = Stopwatch.GetTimestamp();
        var startedAt = time.GetUtcNow();
        var features = new float[FeatureSchema.Count];
        _histories.Extract(transaction, features);
        var extracted = Stopwatch.GetTimestamp();
        var assessment = _detector.Assess(features, out var forestDone, out var autoencoderDone);
        var outcome = _detector.Model.Policy.Decide(assessment.Risk);
        IReadOnlyList<ReasonCode> reasons = [];
        IReadOnlyList<RecentPayment> recent = [];
        if (outcome != DecisionOutcome.Approve)
        {
            ref var card = ref _histories.CardOf(transaction);
            _detector.Attribute(features, _shares);
            reasons = ReasonWriter.Write(transaction, features, _shares, card, _histories.Rates);
            recent = card.RecentPayments();
        }

        _histories.Add(transaction);
        var decidedAt = At(Stopwatch.GetTimestamp());
        var decision = new Decision
        {
            Transaction = transaction,
            Shard = shard,
            Position = position,
            Outcome = outcome,
            Assessment = assessment,
            Features = features,
            Reasons = reasons,
            RecentPayments = recent,
            ModelVersion = _detector.Model.Version,
            SchemaHash = FeatureSchema.Hash,
            RatesVersion = _histories.Rates.Version,
            TraceId = TraceContext.TraceIdOf(message.TraceParent, transaction.Id, position),
            DecidedAt = decidedAt,
            LatencyMs = Math.Max(0, (decidedAt - position.AppendedAt).TotalMilliseconds),
        };
        return new TimedDecision(
            decision, new StageTimes(message.ProducedAt, position.AppendedAt, startedAt > readAt ? startedAt : readAt, At(extracted), At(forestDone), At(autoencoderDone), decidedAt), message.TraceParent);

        DateTimeOffset At(long timestamp) => startedAt + Stopwatch.GetElapsedTime(started, timestamp);
    }

    private DeadLetter Reject(LogEntry entry, int item, string reason) =>
        new(shard, entry.Position, item, reason, EntryReader.Payload(entry), time.GetUtcNow());
}

using System.Diagnostics;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Bundles;
using Aegis.Scoring.Commits;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Shards;

/// <summary>Scores and decides the rows of a shard's blocks, and makes objects of the decisions that somebody wants.
/// Only one thread uses it.</summary>
internal sealed class BlockDecider(DecisionWaiters waiters, SampleBudget samples, TimeProvider time)
{
    private readonly double[] _shares = new double[FeatureSchema.Count];
    private Assessment[] _assessments = new Assessment[DecisionBlock.FullAt];

    /// <summary>Decides a block whose features are computed.</summary>
    /// <param name="block">The block.</param>
    /// <param name="detector">Scores the block.</param>
    /// <param name="policy">Turns the risk into an outcome.</param>
    /// <param name="rules">The rules and lists in force.</param>
    /// <param name="rates">The rates by which the block's amounts were compared.</param>
    /// <param name="before">For each row, the card's history before it.</param>
    /// <param name="readAtMicroseconds">When the block's entries were read, Unix microseconds.</param>
    public void Decide(
        DecisionBlock block, FraudDetector detector, DecisionPolicy policy, RuleRunner rules, CurrencyRates rates,
        ReadOnlySpan<CardHistory> before, long readAtMicroseconds)
    {
        var extracted = Now();
        if (_assessments.Length < block.Count)
        {
            Array.Resize(ref _assessments, block.Count);
        }

        var clock = Stopwatch.GetTimestamp();
        detector.AssessAll(block.Features, block.Count, _assessments, out var forestDone, out var autoencoderDone);
        for (var index = 0; index < block.Count; index++)
        {
            ref var row = ref block.Rows[index];
            row.Assessment = _assessments[index];
            row.Outcome = row.ModelOutcome = policy.Decide(row.Assessment.Risk, row.Key.Id);
        }

        rules.Apply(block, policy, rates);

        // One time for all rows: callers and the store are told the same.
        block.Times = new BlockTimes(readAtMicroseconds, extracted, After(forestDone), After(autoencoderDone), Now());
        MakeWanted(block, detector, rates, before);

        long After(long timestamp) => extracted + (long)Stopwatch.GetElapsedTime(clock, timestamp).TotalMicroseconds;
    }

    private void MakeWanted(DecisionBlock block, FraudDetector detector, CurrencyRates rates, ReadOnlySpan<CardHistory> before)
    {
        var isSampled = samples.TryTake();
        for (int index = 0, caller = 0; index < block.Count; index++)
        {
            ref readonly var row = ref block.Rows[index];
            var from = caller < block.Callers.Count && block.Callers[caller].Row == index ? block.Callers[caller++] : default;
            var isAwaited = from.ReplyTo is not null || waiters.IsAwaited(row.Key);
            if (row.Outcome != DecisionOutcome.Approve || isAwaited || (isSampled && index == 0))
            {
                Make(block, index, detector, rates, before[index], from);
            }
        }
    }

    /// <summary>Makes an object of a row, with reasons if it is flagged, and answers whoever waits for it.</summary>
    private void Make(DecisionBlock block, int index, FraudDetector detector, CurrencyRates rates, in CardHistory before, Caller caller)
    {
        ref readonly var row = ref block.Rows[index];
        IReadOnlyList<ReasonCode> reasons = [];
        IReadOnlyList<RecentPayment> recent = [];
        if (row.Outcome != DecisionOutcome.Approve)
        {
            var features = block.FeaturesOf(index);
            detector.Attribute(features, _shares);
            var transaction = MessageCodec.DecodeTransaction(block.BodyOf(row));
            reasons = ReasonWriter.Write(
                transaction, features, _shares, CardNorms.Of(before, MerchantCategories.Of(transaction.Mcc)), rates);
            recent = before.RecentPayments();
        }

        var decidedAt = UnixTime.FromMicroseconds(block.Times.DecidedMicroseconds);
        var decision = block.ToDecision(index, caller.TraceParent, reasons, recent, decidedAt);
        block.Made.Add(new MadeDecision(
            index, decision, UnixTime.FromMicroseconds(row.ProducedAtMicroseconds), caller.TraceParent, row.Producer));
        var result = new WaitResult(decision);
        waiters.Complete(row.Key, result);
        if (caller.ReplyTo is { } replyTo)
        {
            block.Replies.Add(new Reply(replyTo, row.Key, result));
        }
    }

    private long Now() => UnixTime.ToMicroseconds(time.GetUtcNow());
}

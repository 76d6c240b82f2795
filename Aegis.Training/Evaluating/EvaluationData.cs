using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Training.Evaluating;

/// <summary>Replays a labelled stream in time order and deals its feature rows to splits.</summary>
/// <remarks>All earlier days warm the histories.</remarks>
internal sealed class EvaluationData
{
    private readonly ShardedHistories _histories;
    private readonly TimeSpan? _labelDelay;
    private readonly float[] _features = new float[FeatureSchema.Count];
    private readonly Dictionary<string, Queue<long>> _lastDay = [];
    private readonly Queue<LabelledPayment> _labels = [];

    private EvaluationData(int shards, int labelDelayDays, bool feedsLabels)
    {
        _histories = new ShardedHistories(CurrencyRates.Default, shards, labelDelayDays);
        _labelDelay = feedsLabels ? TimeSpan.FromDays(labelDelayDays) : null;
    }

    /// <summary>Reads a stream up to the last day that a split judges.</summary>
    /// <param name="stream">Payments in time order.</param>
    /// <param name="splits">The splits to fill.</param>
    /// <param name="shards">The number of shards of the histories.</param>
    /// <param name="labelDelayDays">The days from a payment to its label. Labels of younger payments feed no feature.</param>
    /// <param name="feedsLabels">
    /// True if labels feed features. Each label, also a genuine payment's, enters the histories before the first
    /// payment after its delay.
    /// </param>
    public static void Read(
        IEnumerable<LabelledTransaction> stream, IReadOnlyList<EvaluationSplit> splits, int shards, int labelDelayDays, bool feedsLabels)
    {
        var data = new EvaluationData(shards, labelDelayDays, feedsLabels);
        var last = splits.Max(split => split.TestDays.Last.DayNumber);
        foreach (var (transaction, label) in stream)
        {
            var day = DateOnly.FromDateTime(transaction.EventTime.UtcDateTime).DayNumber;
            if (day > last)
            {
                break;
            }

            var velocity = data.CountLastDay(transaction);
            data.Extract(transaction, label.IsFraud);
            var idHash = StableHash.Hash64(transaction.Id);
            foreach (var split in splits)
            {
                split.Add(data._features, transaction.CardToken, day, label, velocity, idHash);
            }
        }
    }

    private void Extract(Transaction transaction, bool isFraud)
    {
        if (_labelDelay is { } delay)
        {
            var payment = Payment.Of(transaction, CurrencyRates.Default);
            while (_labels.TryPeek(out var known) && known.LabelledAtMs <= payment.TimeMs)
            {
                _histories.AddLabel(_labels.Dequeue());
            }

            _labels.Enqueue(payment.Labelled(isFraud, payment.TimeMs + (long)delay.TotalMilliseconds));
        }

        _histories.ExtractAndAdd(transaction, _features);
    }

    private int CountLastDay(Transaction transaction)
    {
        if (!_lastDay.TryGetValue(transaction.CardToken, out var times))
        {
            _lastDay[transaction.CardToken] = times = new Queue<long>();
        }

        var now = transaction.EventTime.ToUnixTimeMilliseconds();
        while (times.TryPeek(out var oldest) && oldest <= now - 86_400_000)
        {
            times.Dequeue();
        }

        times.Enqueue(now);
        return times.Count - 1;
    }
}

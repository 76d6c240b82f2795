using Aegis.Core.Detection;
using Aegis.Core.Evaluation;
using Aegis.Core.Features;
using Aegis.Core.Transactions;

namespace Aegis.Training;

/// <summary>Feature rows of a training and a test window, from histories warmed by all days before, by a time-ordered split.</summary>
internal sealed class EvaluationData
{
    private readonly ShardedHistories _histories;
    private readonly float[] _features = new float[FeatureSchema.Count];
    private readonly Dictionary<string, Queue<long>> _lastDay = [];
    private readonly Dictionary<string, int> _firstKnownFraud = [];

    private EvaluationData(int shards) => _histories = new ShardedHistories(CurrencyRates.Default, shards);

    /// <summary>Rows to fit on.</summary>
    public FeatureRows Train { get; } = new();

    /// <summary>Rows to judge, without the removed ones.</summary>
    public FeatureRows Test { get; } = new();

    /// <summary>The card's payments in the 24 hours before, for both windows.</summary>
    public List<double> TrainVelocity { get; } = [];

    /// <inheritdoc cref="TrainVelocity"/>
    public List<double> TestVelocity { get; } = [];

    /// <summary>Reads a stream up to the end of the test window.</summary>
    /// <param name="stream">Payments in time order.</param>
    /// <param name="train">Days to fit on.</param>
    /// <param name="test">Days to judge, after <paramref name="train"/>.</param>
    /// <param name="labelDelay">Days until a fraud is known.</param>
    /// <param name="removeKnown">Whether cards with a fraud known since the training window's first day are left out of the test.</param>
    /// <param name="shards">Shards of the histories.</param>
    public static EvaluationData Read(IEnumerable<LabelledTransaction> stream, DateRange train, DateRange test, int labelDelay, bool removeKnown, int shards)
    {
        var data = new EvaluationData(shards);
        foreach (var (transaction, label) in stream)
        {
            var day = DateOnly.FromDateTime(transaction.EventTime.UtcDateTime).DayNumber;
            if (day > test.Last.DayNumber)
            {
                break;
            }

            var velocity = data.CountLastDay(transaction);
            data._histories.ExtractAndAdd(transaction, data._features);
            if (label.IsFraud && day >= train.First.DayNumber)
            {
                data._firstKnownFraud.TryAdd(transaction.CardToken, day);
            }

            if (train.Contains(day))
            {
                data.Train.Add(data._features, transaction.CardToken, day, label.IsFraud);
                data.TrainVelocity.Add(velocity);
            }
            else if (test.Contains(day) && !(removeKnown && data.IsKnown(transaction.CardToken, day - labelDelay - 1)))
            {
                data.Test.Add(data._features, transaction.CardToken, day, label.IsFraud);
                data.TestVelocity.Add(velocity);
            }
        }

        return data;
    }

    private bool IsKnown(string card, int lastKnownDay) => _firstKnownFraud.TryGetValue(card, out var day) && day <= lastKnownDay;

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

using Aegis.Scoring.Commits;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Shards;

/// <summary>Tells for each label of a shard whether it says something new, from the store and from labels on their way there.</summary>
/// <remarks>A second append of the same label changes nothing. The last verdict on a transaction is in force. Each
/// verdict is counted once, however often it comes back.</remarks>
internal sealed class ShardLabels(KnownVerdicts verdicts)
{
    private readonly Dictionary<string, UnderWay> _underWay = [];
    private readonly Queue<string> _order = new();
    private long _forgotten;

    /// <summary>Takes in a label. Only the shard's thread calls it.</summary>
    public LabelEffect Add(string id, bool isFraud)
    {
        ForgetCommitted();
        var known = _underWay.TryGetValue(id, out var found) ? found : UnderWay.Of(verdicts.Of(id));
        if (known.Last == isFraud)
        {
            return LabelEffect.None;
        }

        var isNew = isFraud ? !known.HadFraud : !known.HadGenuine;
        _underWay[id] = known.After(isFraud) with { Labels = known.Labels + 1 };
        _order.Enqueue(id);
        return isNew ? LabelEffect.Counted : LabelEffect.Stored;
    }

    /// <summary>The number of labels taken in that are in the store.</summary>
    public CommittedCount Committed { get; } = new();

    private void ForgetCommitted()
    {
        for (var committed = Committed.Value; _forgotten < committed; _forgotten++)
        {
            var id = _order.Dequeue();
            if (_underWay[id] is { Labels: > 1 } more)
            {
                _underWay[id] = more with { Labels = more.Labels - 1 };
            }
            else
            {
                _underWay.Remove(id);
            }
        }
    }

    private readonly record struct UnderWay(bool? Last, bool HadFraud, bool HadGenuine, int Labels)
    {
        public static UnderWay Of(IEnumerable<bool> verdicts) =>
            verdicts.Aggregate(default(UnderWay), (known, isFraud) => known.After(isFraud));

        public UnderWay After(bool isFraud) =>
            this with { Last = isFraud, HadFraud = HadFraud || isFraud, HadGenuine = HadGenuine || !isFraud };
    }
}

using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Facts;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.MachineLearning.Bundles;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Scoring.Facts;
using Aegis.Scoring.Models;

namespace Aegis.Scoring.Shards;

/// <summary>All that a shard remembers and reads: a function of its log alone. Only the shard's thread uses it.</summary>
internal sealed class ShardState
{
    private readonly ModelRegistry _models;
    private readonly FactClaim _claim;

    /// <param name="shard">The shard.</param>
    /// <param name="epoch">The owner's epoch.</param>
    /// <param name="models">The bundles that may be in force.</param>
    /// <param name="claim">The shard's hold on facts.</param>
    /// <param name="ids">The ids that it remembers.</param>
    /// <param name="decisions">The newest decision in the store when the shard was taken over.</param>
    public ShardState(int shard, long epoch, ModelRegistry models, FactClaim claim, ShardIds ids, long decisions)
    {
        (Shard, Epoch, _models, _claim, Ids, DecisionsAtStart) = (shard, epoch, models, claim, ids, decisions);
        Histories = new ShardHistories(models.Rates);
        Use(new VersionsInForce(models.First));
    }

    /// <summary>The shard.</summary>
    public int Shard { get; }

    /// <summary>The owner's epoch, which all blocks carry.</summary>
    public long Epoch { get; }

    /// <summary>The newest decision in the store when the shard was taken over: its own decisions since then have higher
    /// sequences.</summary>
    public long DecisionsAtStart { get; }

    /// <summary>The last entry taken in.</summary>
    public LogPosition Position { get; private set; } = LogPosition.Start;

    /// <summary>What decides.</summary>
    public VersionsInForce Versions { get; private set; } = null!;

    /// <summary>Scores payments.</summary>
    public FraudDetector Detector { get; private set; } = null!;

    /// <summary>Decides by the score.</summary>
    public DecisionPolicy Policy { get; private set; } = null!;

    /// <summary>What is remembered of cards and merchants.</summary>
    public ShardHistories Histories { get; }

    /// <summary>What is remembered of ids.</summary>
    public ShardIds Ids { get; }

    /// <summary>The end of the last interval that was published, Unix milliseconds; 0 before the first.</summary>
    public long BarrierMs { get; private set; }

    /// <summary>The fact version that is read since, Unix milliseconds; 0 before the first.</summary>
    public long FactsMs { get; private set; }

    /// <summary>True while the fact version is not there yet: nothing is decided until it is.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>A hash over all that is remembered and read: equal for equal logs, however often reading was interrupted. Not while it is
    /// waiting.</summary>
    public ulong Fingerprint =>
        StableHash.Mix(Histories.Fingerprint() ^ StableHash.Mix(Histories.Facts.Fingerprint() ^ (ulong)BarrierMs)) ^ (ulong)FactsMs;

    /// <summary>Takes entries up to a position for read.</summary>
    public void MoveTo(LogPosition position) => Position = position;

    /// <summary>True for a model that can be brought into force.</summary>
    public bool Knows(string model) => _models.Has(model);

    /// <summary>Puts versions into force.</summary>
    public void Use(VersionsInForce versions)
    {
        var model = _models.Get(versions.Model);
        _models.Note(versions.Model);
        Versions = versions;
        Detector = new FraudDetector(model);
        Policy = versions.Policy(model.Policy);
    }

    /// <summary>Sets where facts stand as of <see cref="Position"/>: from a snapshot, or from the store where the log has lost its
    /// barrier.</summary>
    public void Use(FactsState facts)
    {
        (BarrierMs, FactsMs) = (facts.BarrierMs, facts.FactsMs);
        Histories.Counts.Read(facts.Counts.Span);
    }

    /// <summary>Passes a barrier: counting begins anew, and a version is read that never grows older.</summary>
    /// <returns>True where another version is read from here on.</returns>
    public bool Pass(FactBarrier barrier)
    {
        var reads = Math.Max(FactsMs, barrier.ReadsMs);
        var isOther = reads != FactsMs;
        (BarrierMs, FactsMs) = (barrier.IntervalEndMs, reads);
        return isOther;
    }

    /// <summary>Asks for the fact version in force; decisions wait for it.</summary>
    public void AskForFacts()
    {
        if (FactsMs > 0)
        {
            _claim.Ask(FactsMs);
            IsWaiting = true;
        }
    }

    /// <summary>Takes the facts that were asked for where they have come.</summary>
    /// <returns>False where they are still waited for.</returns>
    public bool HasFacts()
    {
        if (IsWaiting && _claim.Take() is { } facts)
        {
            (Histories.Facts, IsWaiting) = (facts, false);
        }

        return !IsWaiting;
    }

    /// <summary>How the shard stands.</summary>
    public ShardReport ToReport(bool withFingerprint) => new(
        Shard, Epoch, Position, Versions.Model, Histories.Cards.Count, Ids.Count,
        Decision.FactsVersionOf(FactsMs), IsWaiting, withFingerprint && !IsWaiting ? Fingerprint.ToString("x16") : null);

    /// <summary>Reads no facts any more. Its ids stay known until the shard is watched as another's.</summary>
    public void LetGo() => _claim.Drop();

    /// <summary>Lets go of all that the shards of the process share.</summary>
    public void Leave()
    {
        Ids.Clear();
        LetGo();
    }
}

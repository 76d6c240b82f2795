using Aegis.Client;
using Aegis.Core.Budgets;
using Aegis.Core.Decisions;
using Aegis.Core.Facts;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Bundles;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Scoring.Facts;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Shards;

/// <summary>Everything that a shard remembers and reads, as a function of its log alone. Only the shard's thread uses it.</summary>
internal sealed class ShardState
{
    private readonly ModelRegistry _models;
    private readonly FactClaim _claim;
    private ScoreTrend? _trend;

    /// <param name="shard">The shard.</param>
    /// <param name="epoch">The owner's epoch.</param>
    /// <param name="models">The bundles that may come into force.</param>
    /// <param name="claim">The shard's hold on facts.</param>
    /// <param name="ids">The ids that the shard remembers.</param>
    /// <param name="decisions">The newest decision in the store when the shard was taken over.</param>
    public ShardState(int shard, long epoch, ModelRegistry models, FactClaim claim, ShardIds ids, long decisions)
    {
        (Shard, Epoch, _models, _claim, Ids, DecisionsAtStart) = (shard, epoch, models, claim, ids, decisions);
        Histories = new ShardHistories(models.Rates.Get(models.Rates.First));
        Use(new VersionsInForce(models.First));
    }

    /// <summary>The shard.</summary>
    public int Shard { get; }

    /// <summary>The owner's epoch, which all blocks carry.</summary>
    public long Epoch { get; }

    /// <summary>The newest decision in the store when the shard was taken over. The shard's own later decisions have
    /// higher sequences.</summary>
    public long DecisionsAtStart { get; }

    /// <summary>The last entry taken in.</summary>
    public LogPosition Position { get; private set; } = LogPosition.Start;

    /// <summary>The versions in force.</summary>
    public VersionsInForce Versions { get; private set; } = null!;

    /// <summary>Scores payments.</summary>
    public FraudDetector Detector { get; private set; } = null!;

    /// <summary>Turns the risk into an outcome.</summary>
    public DecisionPolicy Policy { get; private set; } = null!;

    /// <summary>Applies the rules and lists in force.</summary>
    public RuleRunner Rules { get; private set; } = null!;

    /// <summary>The histories of the shard's cards, its counts and its facts.</summary>
    public ShardHistories Histories { get; }

    /// <summary>What the shard has decided since its last barrier.</summary>
    public ScoreCounts Scores { get; } = new();

    /// <summary>The ids that the shard remembers.</summary>
    public ShardIds Ids { get; }

    /// <summary>The end of the last published interval, Unix milliseconds; 0 before the first.</summary>
    public long BarrierMs { get; private set; }

    /// <summary>The fact version read since then, Unix milliseconds; 0 before the first.</summary>
    public long FactsMs { get; private set; }

    /// <summary>True while the fact version is not there. Nothing is decided until it is.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>A hash over everything remembered and read. It is equal for equal logs, however often reading was
    /// interrupted. Invalid while the shard waits for facts.</summary>
    public ulong Fingerprint =>
        StableHash.Mix(Histories.Fingerprint() ^ StableHash.Mix(Histories.Facts.Fingerprint() ^ (ulong)BarrierMs)) ^ (ulong)FactsMs;

    /// <summary>Marks the entries up to a position as read.</summary>
    public void MoveTo(LogPosition position) => Position = position;

    /// <summary>True if the model can come into force.</summary>
    public bool Knows(string model) => _models.Has(model);

    /// <summary>A rate table; null if it cannot come into force.</summary>
    public CurrencyRates? RatesOf(string version) => _models.Rates.Find(version);

    /// <summary>The set of rules of the last change; null before the first.</summary>
    public RuleRevision? NewestRules() => _models.Rules.Newest();

    /// <summary>The revision of the last change of a list; 0 before the first.</summary>
    public long NewestLists() => _models.Lists.Newest();

    /// <summary>True if the set of rules can come into force.</summary>
    public bool KnowsRules(string version) => _models.Rules.Find(version) is not null;

    /// <summary>Puts versions into force.</summary>
    public void Use(VersionsInForce versions)
    {
        var model = _models.Get(versions.Model);
        var rates = _models.Rates.Get(versions.Rates ?? _models.Rates.First);
        _models.Note(versions.Model);
        _models.Rates.Note(rates.Version);
        Versions = versions;
        Histories.Rates = rates;
        Detector = new FraudDetector(model);
        Policy = versions.Policy(model.Policy, _trend);
        Rules = new RuleRunner(_models, versions);
        if (versions.Rules is { } rules)
        {
            _models.Rules.Note(rules);
        }
    }

    /// <summary>Sets the facts' state as of <see cref="Position"/>: from a snapshot, or from the store if the log has
    /// lost its barrier.</summary>
    public void Use(FactsState facts)
    {
        (BarrierMs, FactsMs) = (facts.BarrierMs, facts.FactsMs);
        Histories.Counts.Read(facts.Counts.Span);
    }

    /// <summary>Passes a barrier: counting begins anew, and the shard reads the barrier's fact version unless it is older.</summary>
    /// <returns>True if the shard reads another version from here on.</returns>
    public bool Pass(FactBarrier barrier)
    {
        var reads = Math.Max(FactsMs, barrier.ReadsMs);
        var isOther = reads != FactsMs;
        (BarrierMs, FactsMs) = (barrier.IntervalEndMs, reads);
        return isOther;
    }

    /// <summary>Asks for the fact version in force. Decisions wait for it.</summary>
    public void AskForFacts()
    {
        if (FactsMs > 0)
        {
            _claim.Ask(FactsMs);
            IsWaiting = true;
        }
    }

    /// <summary>Takes the facts that were asked for, if they have come.</summary>
    /// <returns>False if the shard still waits for them.</returns>
    public bool HasFacts()
    {
        if (IsWaiting && _claim.Take() is { } facts)
        {
            (Histories.Facts, _trend, IsWaiting) = (facts.Table, facts.Trend, false);
            Policy = Versions.Policy(Detector.Model.Policy, _trend);
        }

        return !IsWaiting;
    }

    /// <summary>Reports the shard's state.</summary>
    public ShardReport ToReport(bool withFingerprint) => new(
        Shard, Epoch, Position, Versions.Model, Histories.Cards.Count, Ids.Count,
        Decision.FactsVersionOf(FactsMs), IsWaiting, withFingerprint && !IsWaiting ? Fingerprint.ToString("x16") : null);

    /// <summary>Releases the facts. The ids stay known until the shard is watched as another process's.</summary>
    public void LetGo() => _claim.Drop();

    /// <summary>Releases everything that the shards of the process share.</summary>
    public void Leave()
    {
        Ids.Clear();
        LetGo();
    }
}

using Aegis.Core.Budgets;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;
using Aegis.Rules.Lists;
using Aegis.Rules.Sets;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Commits;

/// <summary>The decisions of one pass over a shard's entries, all under the same versions. The writer commits a block
/// whole or not at all, with the position. Blocks are reused: no row allocates an object.</summary>
internal sealed class DecisionBlock : StoreWork
{
    /// <summary>The number of rows from which a block ends with the current entry.</summary>
    public const int FullAt = 512;

    private DecisionRow[] _rows = new DecisionRow[FullAt];
    private float[] _features = new float[FullAt * FeatureSchema.Count];
    private byte[] _ownBodies = [];
    private readonly byte[] _scores = new byte[ScoreCounts.MaxBytes];
    private int _scoresLength;
    private int _ownLength;
    private string _lastProducer = "";

    /// <summary>The shard's position before the block.</summary>
    public LogPosition From { get; set; }

    /// <summary>The shard's position after the block.</summary>
    public LogPosition To { get; set; }

    /// <summary>The versions in force.</summary>
    public VersionsInForce Versions { get; set; } = null!;

    /// <summary>The fact version that the block reads, Unix milliseconds; 0 before the first.</summary>
    public long FactsMs { get; set; }

    /// <summary>The shard's counts up to the barrier that ends the block; null if no barrier ends it.</summary>
    public PublishedCounts? Published { get; set; }

    /// <summary>The thresholds that the block's risks were compared with.</summary>
    public DecisionPolicy Policy { get; private set; } = null!;

    /// <summary>What the shard has decided since its last barrier, up to and with the block: <see cref="ScoreCounts.Write"/>.</summary>
    public ReadOnlySpan<byte> Scores => _scores.AsSpan(0, _scoresLength);

    /// <summary>The version of the exchange rates.</summary>
    public string RatesVersion { get; set; } = "";

    /// <summary>The rules in force; null if there are none.</summary>
    public RuleBook? Rules { get; set; }

    /// <summary>The lists in force.</summary>
    public ListBook Lists { get; set; } = ListBook.Empty;

    /// <summary>The rules that matched, and the lists that payments stand on.</summary>
    public Matches Matches { get; } = new();

    /// <summary>The entries that hold the bodies. The block keeps them until it is committed.</summary>
    public ShardEntries Source { get; set; } = null!;

    /// <summary>The number of decisions.</summary>
    public int Count { get; private set; }

    /// <summary>The decisions.</summary>
    public Span<DecisionRow> Rows => _rows.AsSpan(0, Count);

    /// <summary>All feature vectors, one after another.</summary>
    public Span<float> Features => _features.AsSpan(0, Count * FeatureSchema.Count);

    /// <summary>A producer's name as text; null if it is empty. While the same producer comes again, it is the same object.</summary>
    public string? ProducerOf(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return null;
        }

        return System.Text.Ascii.Equals(name, _lastProducer) ? _lastProducer : _lastProducer = System.Text.Encoding.ASCII.GetString(name);
    }

    /// <summary>The rows that somebody wants as objects: flagged, awaited and sampled decisions.</summary>
    public List<MadeDecision> Made { get; } = [];

    /// <summary>The rows whose entries name a caller, in order.</summary>
    public List<Caller> Callers { get; } = [];

    /// <summary>The replies to callers of other processes.</summary>
    public List<Reply> Replies { get; } = [];

    /// <summary>Dead letters.</summary>
    public List<DeadLetter> DeadLetters { get; } = [];

    /// <summary>The labels that say something new.</summary>
    public List<StoredLabel> Labels { get; } = [];

    /// <summary>Counts the labels once they are in the store; null if there are none.</summary>
    public CommittedCount? LabelsCommitted { get; set; }

    /// <summary>The number of transactions met before.</summary>
    public int Duplicates { get; set; }

    /// <summary>The number of decided payments whose currency has no exchange rate.</summary>
    public int WithoutRate { get; set; }

    /// <summary>The number of transactions that only fed histories.</summary>
    public int History { get; set; }

    /// <summary>The sequence of the first row after the commit; the other rows follow in order.</summary>
    public long FirstSequence { get; set; }

    /// <summary>When the block passed each stage.</summary>
    public BlockTimes Times { get; set; }

    /// <inheritdoc/>
    public override int Weight =>
        Count + Labels.Count + (Published is null ? 0 : 1 + (Published.Counts.Length / SnapshotPart.BytesPerDecision));

    /// <summary>True if the next entry must go into another block.</summary>
    public bool IsFull => Count + Labels.Count >= FullAt;

    /// <summary>The feature vector of a row.</summary>
    public Span<float> FeaturesOf(int row) => _features.AsSpan(row * FeatureSchema.Count, FeatureSchema.Count);

    /// <summary>A row's transaction in its binary form.</summary>
    public ReadOnlySpan<byte> BodyOf(in DecisionRow row) =>
        row.IsBodyOwn ? _ownBodies.AsSpan(row.BodyOffset, row.BodyLength) : Source.Bytes.Slice(row.BodyOffset, row.BodyLength);

    /// <summary>Adds a row.</summary>
    public ref DecisionRow Add()
    {
        if (Count == _rows.Length)
        {
            // A frame of many transactions can exceed the first size.
            Array.Resize(ref _rows, Count * 2);
            Array.Resize(ref _features, _rows.Length * FeatureSchema.Count);
        }

        _rows[Count] = default;
        return ref _rows[Count++];
    }

    /// <summary>Keeps a body: in place if it lies in the source, otherwise as a copy.</summary>
    /// <returns>The body's place, and whether that is in the block's own memory.</returns>
    public (int Offset, int Length, bool IsOwn) Keep(ReadOnlySpan<byte> body)
    {
        if (Source.Bytes.Overlaps(body, out var offset))
        {
            return (offset, body.Length, false);
        }

        if (_ownLength + body.Length > _ownBodies.Length)
        {
            Array.Resize(ref _ownBodies, Math.Max(4_096, 2 * (_ownLength + body.Length)));
        }

        body.CopyTo(_ownBodies.AsSpan(_ownLength));
        _ownLength += body.Length;
        return (_ownLength - body.Length, body.Length, true);
    }

    /// <summary>Counts the decided rows among those of the shard since its last barrier. A barrier that ends the block begins
    /// anew.</summary>
    public void CountIn(ScoreCounts counts, DecisionPolicy policy)
    {
        Policy = policy;
        foreach (ref readonly var row in Rows)
        {
            counts.Add(row.Assessment.Risk, row.ModelOutcome, row.Outcome);
        }

        (counts.ReviewAt, counts.DeclineAt) = (policy.MeanReviewAt, policy.DeclineAt);
        (counts.Model, counts.FollowsBudget) = (StableHash.Hash64(Versions.Model), policy.FollowsBudget);
        _scoresLength = counts.Write(_scores);
        if (Published is not null)
        {
            counts.Clear();
        }
    }

    /// <summary>Empties the block for its next use.</summary>
    public void Clear()
    {
        Published?.Counts.Return();
        Count = Duplicates = WithoutRate = History = _ownLength = _scoresLength = 0;
        (From, To, Epoch, FirstSequence, Published, LabelsCommitted) = (default, default, 0, 0, null, null);
        Rules = null;
        Lists = ListBook.Empty;
        Matches.Clear();
        Made.Clear();
        Callers.Clear();
        Replies.Clear();
        DeadLetters.Clear();
        Labels.Clear();
    }

    /// <summary>A row as an object.</summary>
    public Decision ToDecision(
        int index, string? traceParent, IReadOnlyList<ReasonCode> reasons, IReadOnlyList<RecentPayment> recent, DateTimeOffset decidedAt)
    {
        ref readonly var row = ref _rows[index];
        var transaction = MessageCodec.DecodeTransaction(BodyOf(row));
        return new Decision
        {
            Transaction = transaction,
            Shard = Shard,
            Position = row.Position,
            Item = row.Item,
            IsLate = row.IsLate,
            Outcome = row.Outcome,
            Assessment = row.Assessment,
            Features = FeaturesOf(index).ToArray(),
            Reasons = reasons,
            RecentPayments = recent,
            ModelOutcome = row.ModelOutcome == row.Outcome ? null : row.ModelOutcome,
            Rules = HitsOf(index),
            RulesVersion = Rules?.Version,
            Lists = ListsOf(index),
            ListsRevision = Lists.Revision == 0 ? null : Lists.Revision,
            ModelVersion = Versions.Model,
            SchemaHash = FeatureSchema.Hash,
            RatesVersion = RatesVersion,
            FactsVersion = Decision.FactsVersionOf(FactsMs),
            TraceId = TraceContext.TraceIdOf(traceParent, transaction.Id, row.Position),
            DecidedAt = decidedAt,
            LatencyMs = Math.Max(0, (decidedAt - row.Position.AppendedAt).TotalMilliseconds),
        };
    }

    private RuleHit[]? HitsOf(int row)
    {
        if (Matches.Rules.Count == 0)
        {
            return null;
        }

        var hits = Matches.Rules.Where(match => match.Row == row)
            .Select(match => HitOf(Rules!.Set.Rules[match.Rule], match.IsLive)).ToArray();
        return hits.Length > 0 ? hits : null;
    }

    private ListHit[]? ListsOf(int row)
    {
        if (Matches.Lists.Count == 0)
        {
            return null;
        }

        var hits = Matches.Lists.Where(match => match.Row == row).Select(match => HitOf(Lists.ListOf(match), match.Entry)).ToArray();
        return hits.Length > 0 ? hits : null;
    }

    private static ListHit HitOf(ListInfo list, long entry) => new(list.Name, list.Of, list.Effect, entry);

    private static RuleHit HitOf(RuleInForce rule, bool isLive) => rule.Definition.ToHit(rule.Name, rule.Version, isLive);
}

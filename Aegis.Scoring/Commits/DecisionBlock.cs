using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Commits;

/// <summary>What one pass over entries of one shard came to, all under the same versions; committed whole or not at all, with the position.
/// Reused: no row costs an object.</summary>
internal sealed class DecisionBlock : StoreWork
{
    /// <summary>Rows after which a block ends with its entry.</summary>
    public const int FullAt = 512;

    private DecisionRow[] _rows = new DecisionRow[FullAt];
    private float[] _features = new float[FullAt * FeatureSchema.Count];
    private byte[] _ownBodies = [];
    private int _ownLength;
    private string _lastProducer = "";

    /// <summary>The shard's position before.</summary>
    public LogPosition From { get; set; }

    /// <summary>The shard's position after.</summary>
    public LogPosition To { get; set; }

    /// <summary>What was in force.</summary>
    public VersionsInForce Versions { get; set; } = null!;

    /// <summary>The fact version that was read, Unix milliseconds; 0 before the first.</summary>
    public long FactsMs { get; set; }

    /// <summary>What the shard counted until the barrier that the block ends with; null where it ends otherwise.</summary>
    public PublishedCounts? Published { get; set; }

    /// <summary>The rate table's version.</summary>
    public string RatesVersion { get; set; } = "";

    /// <summary>Where the bodies lie; held until the block is committed.</summary>
    public ShardEntries Source { get; set; } = null!;

    /// <summary>How many decisions there are.</summary>
    public int Count { get; private set; }

    /// <summary>The decisions.</summary>
    public Span<DecisionRow> Rows => _rows.AsSpan(0, Count);

    /// <summary>All feature vectors, one after another.</summary>
    public Span<float> Features => _features.AsSpan(0, Count * FeatureSchema.Count);

    /// <summary>A producer's name as text: the same object while the same producer is met again; null for none.</summary>
    public string? ProducerOf(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return null;
        }

        return System.Text.Ascii.Equals(name, _lastProducer) ? _lastProducer : _lastProducer = System.Text.Encoding.ASCII.GetString(name);
    }

    /// <summary>Decisions that somebody wants as objects: flagged, awaited or sampled ones, by row.</summary>
    public List<MadeDecision> Made { get; } = [];

    /// <summary>Rows whose entries name a caller, in order.</summary>
    public List<Caller> Callers { get; } = [];

    /// <summary>What callers in other processes wait for.</summary>
    public List<Reply> Replies { get; } = [];

    /// <summary>Dead letters.</summary>
    public List<DeadLetter> DeadLetters { get; } = [];

    /// <summary>Labels that say something new.</summary>
    public List<StoredLabel> Labels { get; } = [];

    /// <summary>Counts the labels once they are in the store; null where there are none.</summary>
    public CommittedCount? LabelsCommitted { get; set; }

    /// <summary>Transactions met before.</summary>
    public int Duplicates { get; set; }

    /// <summary>Transactions that only fed histories.</summary>
    public int History { get; set; }

    /// <summary>The sequence of the first row once it is committed; the others follow on.</summary>
    public long FirstSequence { get; set; }

    /// <summary>When the block passed each stage.</summary>
    public BlockTimes Times { get; set; }

    /// <inheritdoc/>
    public override int Weight =>
        Count + Labels.Count + (Published is null ? 0 : 1 + (Published.Counts.Length / SnapshotPart.BytesPerDecision));

    /// <summary>True where the next entry has to go into another block.</summary>
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
            // A frame of many transactions.
            Array.Resize(ref _rows, Count * 2);
            Array.Resize(ref _features, _rows.Length * FeatureSchema.Count);
        }

        _rows[Count] = default;
        return ref _rows[Count++];
    }

    /// <summary>Keeps a body: where it lies in the source, else as a copy.</summary>
    /// <returns>Where it lies, and whether that is in the block's own memory.</returns>
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

    /// <summary>Empties it for the next use.</summary>
    public void Clear()
    {
        Published?.Counts.Return();
        Count = Duplicates = History = _ownLength = 0;
        (From, To, Epoch, FirstSequence, Published, LabelsCommitted) = (default, default, 0, 0, null, null);
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
            ModelVersion = Versions.Model,
            SchemaHash = FeatureSchema.Hash,
            RatesVersion = RatesVersion,
            FactsVersion = Decision.FactsVersionOf(FactsMs),
            TraceId = TraceContext.TraceIdOf(traceParent, transaction.Id, row.Position),
            DecidedAt = decidedAt,
            LatencyMs = Math.Max(0, (decidedAt - row.Position.AppendedAt).TotalMilliseconds),
        };
    }
}

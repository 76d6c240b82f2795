using System.Text;
using Aegis.Core.Decisions;
using Aegis.Core.Facts;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Bundles;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Scoring.Facts;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Shards;

/// <summary>Decides the entries of one shard, in order. What it remembers is a function of the log alone; only one thread uses it.</summary>
internal sealed class ShardWorker
{
    private readonly ShardServices _services;
    private readonly List<TransactionFault> _faults = [];
    private readonly FactClaim _claim;
    private readonly ShardLabels _labels;
    private readonly long _decisionsAtStart;
    private readonly BlockDecider _decider;
    private CardHistory[] _before = new CardHistory[DecisionBlock.FullAt];
    private PaymentFacts[] _payments = new PaymentFacts[DecisionBlock.FullAt];
    private bool[] _isLate = new bool[DecisionBlock.FullAt];
    private int _extracted;
    private KnownOutcomes? _known;
    private FraudDetector _detector = null!;
    private DecisionPolicy _policy = null!;

    /// <param name="shard">The shard.</param>
    /// <param name="epoch">The owner's epoch, which all blocks carry.</param>
    /// <param name="services">What is shared.</param>
    /// <param name="versions">What is in force before the first entry.</param>
    /// <param name="decisions">The newest decision in the store when the shard was taken over.</param>
    public ShardWorker(int shard, long epoch, ShardServices services, VersionsInForce versions, long decisions = 0)
    {
        _services = services;
        _decisionsAtStart = decisions;
        Shard = shard;
        Epoch = epoch;
        Histories = new ShardHistories(services.Models.Rates);
        _decider = new BlockDecider(services, Histories.Rates);
        _claim = services.Facts.Claim(shard);
        _labels = new ShardLabels(services.Labels, services.Reads);
        Ids = new ShardIds(services.Ids, shard, Math.Max(1, services.Ids.Capacity / services.ShardCount));
        Use(versions);
    }

    /// <summary>The shard.</summary>
    public int Shard { get; }

    /// <summary>The owner's epoch.</summary>
    public long Epoch { get; }

    /// <summary>The last entry taken in.</summary>
    public LogPosition Position { get; set; } = LogPosition.Start;

    /// <summary>What decides.</summary>
    public VersionsInForce Versions { get; private set; } = null!;

    /// <summary>What is remembered of cards and merchants.</summary>
    public ShardHistories Histories { get; }

    /// <summary>What is remembered of ids.</summary>
    public ShardIds Ids { get; }

    /// <summary>A sequence that all decisions after <see cref="Position"/> exceed.</summary>
    public long DecisionsBefore => Math.Max(_decisionsAtStart, _services.Recent.Newest);

    /// <summary>The end of the last interval that was published, Unix milliseconds; 0 before the first.</summary>
    public long BarrierMs { get; private set; }

    /// <summary>The fact version that is read since, Unix milliseconds; 0 before the first.</summary>
    public long FactsMs { get; private set; }

    /// <summary>True while the fact version is not there yet: nothing is decided until it is.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>A hash over everything that is remembered and read: equal for equal logs, however often reading was interrupted. Not while it is waiting.</summary>
    public ulong Fingerprint => StableHash.Mix(Histories.Fingerprint() ^ StableHash.Mix(Histories.Facts.Fingerprint() ^ (ulong)BarrierMs)) ^ (ulong)FactsMs;

    /// <summary>Where facts stand as of <see cref="Position"/>: from a snapshot, or from the store where the log has lost its barrier.</summary>
    public void Use(FactsState facts)
    {
        (BarrierMs, FactsMs) = (facts.BarrierMs, facts.FactsMs);
        Histories.Counts.Read(facts.Counts.Span);
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

    /// <summary>Reads no facts any more. Its ids stay known until the shard is watched as another's.</summary>
    public void LetGo() => _claim.Drop();

    /// <summary>Lets go of all that the shards of the process share.</summary>
    public void Leave()
    {
        Ids.Clear();
        LetGo();
    }

    /// <summary>Puts versions into force.</summary>
    public void Use(VersionsInForce versions)
    {
        var model = _services.Models.Get(versions.Model);
        _services.Models.Note(versions.Model);
        Versions = versions;
        _detector = new FraudDetector(model);
        _policy = versions.Policy(model.Policy);
    }

    /// <summary>Takes in entries that were committed before, emitting nothing.</summary>
    /// <param name="entries">They follow <see cref="Position"/>.</param>
    /// <param name="known">What was a dead letter then is one again, whoever else has taken its id; what was learnt from then is again.</param>
    public void Recover(ShardEntries entries, KnownOutcomes known)
    {
        _known = known;
        foreach (var block in Process(entries, readAtMicroseconds: 0))
        {
            _services.Blocks.Return(block);
        }

        _known = null;
    }

    /// <summary>Decides entries, block by block; store each block before asking for the next. Ends early where it has to wait for facts: what is then after <see cref="Position"/> is to be given again.</summary>
    public IEnumerable<DecisionBlock> Process(ShardEntries entries, long readAtMicroseconds)
    {
        for (var next = FirstAfter(Position, entries); HasFacts() && next < entries.Entries.Length;)
        {
            var block = _services.Blocks.Rent();
            (block.Shard, block.Epoch, block.From) = (Shard, Epoch, Position);
            (block.Source, block.Versions, block.RatesVersion) = (entries, Versions, Histories.Rates.Version);
            block.FactsMs = FactsMs;
            entries.Retain();
            var (detector, policy) = (_detector, _policy);
            next = Fill(block, next);
            block.To = Position;
            _decider.Decide(block, detector, policy, _before, readAtMicroseconds);
            yield return block;
        }
    }

    private static int FirstAfter(LogPosition position, ShardEntries entries)
    {
        var first = 0;
        while (first < entries.Entries.Length && entries.Entries[first].Position <= position)
        {
            first++;
        }

        return first;
    }

    /// <summary>Takes entries in until the block is full or other versions come into force.</summary>
    /// <returns>The first entry that is not in the block.</returns>
    private int Fill(DecisionBlock block, int next)
    {
        var entries = block.Source.Entries;
        _extracted = 0;
        while (next < entries.Length && !block.IsFull && ReferenceEquals(Versions, block.Versions) && block.Published is null)
        {
            ref readonly var entry = ref entries[next++];
            Position = entry.Position;
            var bytes = block.Source.Bytes.Slice(entry.Offset, entry.Length);
            try
            {
                Take(block, entry, bytes);
            }
            catch (MessageFormatException e)
            {
                block.DeadLetters.Add(Dead(entry, 0, e.Message, EntryReader.Payload(entry.Kind, bytes)));
            }
        }

        Extract(block);
        return next;
    }

    /// <summary>Computes the features of the rows that are still without, and remembers their payments. Together, because the next one's history is fetched meanwhile; before anything else changes what is remembered.</summary>
    private void Extract(DecisionBlock block)
    {
        var rows = _extracted..block.Count;
        Histories.ExtractAndAdd(_payments.AsSpan(rows), block.Features[(_extracted * FeatureSchema.Count)..], _before.AsSpan(rows), _isLate.AsSpan(rows));
        for (; _extracted < block.Count; _extracted++)
        {
            block.Rows[_extracted].IsLate = _isLate[_extracted];
        }
    }

    private void Take(DecisionBlock block, in RawEntry entry, ReadOnlySpan<byte> bytes)
    {
        switch (entry.Kind)
        {
            case EntryKind.Binary:
                Take(block, entry, new EntryView(bytes));
                break;
            case EntryKind.Json:
                var message = new LogMessage([EntryReader.ReadJson(bytes, entry.Position.AppendedAt)], IsHistory: false, entry.Position.AppendedAt, TraceParent: null);
                Take(block, entry, new EntryView(MessageCodec.Encode(message)));
                break;
            case EntryKind.Label:
                Take(block, entry, new LabelView(bytes));
                break;
            case EntryKind.Control:
                Control(block, ControlEntry.Parse(bytes), entry.Position);
                break;
            default:
                throw new MessageFormatException($"The entry has no field '{MessageCodec.BinaryField}', '{MessageCodec.JsonField}', '{LabelView.Field}' or '{ControlEntry.Field}'; allowed: one of them.");
        }
    }

    private void Control(DecisionBlock block, ControlEntry entry, LogPosition position)
    {
        if (entry.Kind == ControlEntry.Facts)
        {
            Pass(block, entry.ToBarrier(), position);
            return;
        }

        var versions = Versions.After(entry);
        if (!_services.Models.Has(versions.Model))
        {
            throw new MessageFormatException($"The control entry brings model '{versions.Model}' into force, which is not in the store; allowed: a registered version.");
        }

        if (versions != Versions)
        {
            Use(versions);
        }
    }

    private void Pass(DecisionBlock block, FactBarrier barrier, LogPosition position)
    {
        if (barrier.IntervalEndMs - position.Milliseconds > (long)TransactionValidator.ClockTolerance.TotalMilliseconds)
        {
            // It would make all that follow it before their time void.
            throw new MessageFormatException(
                $"intervalEnd is '{barrier.IntervalEndMs}'; allowed: at most {TransactionValidator.ClockTolerance.TotalMinutes} minutes after the entry's own stamp, {position.Milliseconds}");
        }

        if (barrier.IntervalEndMs <= BarrierMs)
        {
            return;
        }

        Extract(block);
        // What is read never grows older, whoever names an interval of another length.
        var reads = Math.Max(FactsMs, barrier.ReadsMs);
        var isOther = reads != FactsMs;
        (BarrierMs, FactsMs) = (barrier.IntervalEndMs, reads);
        if (_known is null)
        {
            block.Published = new PublishedCounts(BarrierMs, FactsMs, Histories.Counts.ToBytes());
            if (isOther)
            {
                AskForFacts();
            }
        }

        Histories.Counts.Clear();
    }

    private void Take(DecisionBlock block, in RawEntry entry, EntryView view)
    {
        // Read to its end first: an entry that is cut short somewhere is one dead letter and nothing else.
        for (var ahead = view; !ahead.IsAtEnd;)
        {
            ahead.Next();
        }

        for (var item = 0; !view.IsAtEnd; item++)
        {
            var transaction = view.Next();
            if (_known?.Dead.Contains((entry.Position, item)) != true)
            {
                Take(block, entry, item, view, transaction);
            }
        }
    }

    private void Take(DecisionBlock block, in RawEntry entry, int item, in EntryView head, in TransactionView transaction)
    {
        var key = TransactionKey.Of(transaction);
        var cardHash = StableHash.Hash64(transaction.CardToken);
        var fault = Fault(transaction, cardHash, entry.Position);
        var novelty = fault is null ? Register(transaction, key, entry.Position, head.IsHistory) : Novelty.New;
        if (novelty == Novelty.Duplicate)
        {
            block.Duplicates++;
            Answer(block, head, key, new WaitResult(null));
            return;
        }

        if (novelty == Novelty.Conflict)
        {
            fault = $"id is '{Encoding.ASCII.GetString(transaction.Id)}', which an earlier transaction with other content has; allowed: an id of its own";
        }

        if (fault is not null)
        {
            block.DeadLetters.Add(Dead(entry, item, fault, EntryReader.Payload(EntryKind.Binary, MessageCodec.Wrap(head, transaction))));
            Answer(block, head, key, new WaitResult(null, fault, IsConflict: novelty == Novelty.Conflict));
            return;
        }

        var payment = transaction.Facts(Histories.Rates, cardHash);
        if (head.IsHistory || _known is not null)
        {
            Extract(block);
            Histories.Add(payment);
            block.History++;
            return;
        }

        ref var row = ref block.Add();
        var index = block.Count - 1;
        (row.Position, row.Item, row.Key, row.CardHash) = (entry.Position, item, key, cardHash);
        (row.BodyOffset, row.BodyLength, row.IsBodyOwn) = block.Keep(transaction.Body);
        (row.Country, row.ProducedAtMicroseconds, row.Producer) = (RecentPayment.Pack(transaction.Country), head.ProducedAtMicroseconds, block.ProducerOf(head.Producer));
        PaymentOf(index) = payment;
        if (head.HasCaller)
        {
            block.Callers.Add(new Caller(index, head.TraceParent, head.ReplyTo));
        }
    }

    private void Take(DecisionBlock block, in RawEntry entry, in LabelView label)
    {
        if (_known is not null)
        {
            if (_known.Labels.TryGetValue(entry.Position, out var isCounted) && isCounted)
            {
                Learn(block, label);
            }

            return;
        }

        var transaction = label.Transaction;
        if (Fault(transaction, StableHash.Hash64(transaction.CardToken), entry.Position) is { } fault)
        {
            throw new MessageFormatException(fault);
        }

        var latest = entry.Position.Milliseconds + (long)TransactionValidator.ClockTolerance.TotalMilliseconds;
        if (label.LabelledAtMs < transaction.EventTimeMs || label.LabelledAtMs > latest)
        {
            throw new MessageFormatException($"labelledAt is '{label.LabelledAtMs}' ms; allowed: {transaction.EventTimeMs}, when it was paid, to {latest}");
        }

        var id = Encoding.ASCII.GetString(transaction.Id);
        var effect = _labels.Add(id, label.IsFraud);
        if (effect == LabelEffect.None)
        {
            return;
        }

        if (effect == LabelEffect.Counted)
        {
            Learn(block, label);
        }

        block.LabelsCommitted = _labels.Committed;
        block.Labels.Add(new StoredLabel(entry.Position, id, label.IsFraud, label.LabelledAtMs, effect == LabelEffect.Counted));
    }

    private void Learn(DecisionBlock block, in LabelView label)
    {
        Extract(block);
        var payment = label.Transaction.Facts(Histories.Rates, StableHash.Hash64(label.Transaction.CardToken));
        Histories.AddLabel(payment.Labelled(label.IsFraud, label.LabelledAtMs));
    }

    /// <summary>What is wrong with a transaction, all of it; null where nothing is.</summary>
    private string? Fault(in TransactionView transaction, ulong cardHash, LogPosition position)
    {
        if (!transaction.IsPlainlyValid(position.Milliseconds))
        {
            _faults.Clear();
            TransactionValidator.Validate(transaction.ToTransaction(), position.AppendedAt, _faults);
            if (_faults.Count > 0)
            {
                return string.Join("; ", _faults);
            }
        }

        var owner = StableHash.ShardOf(cardHash, _services.ShardCount);
        return owner == Shard ? null : $"cardToken belongs to shard {owner}; this entry stands in shard {Shard}";
    }

    private Novelty Register(in TransactionView transaction, TransactionKey key, LogPosition position, bool isHistory)
    {
        var seconds = transaction.EventTimeMs / 1_000;
        // The store knows what was decided; history is not, and is remembered here only.
        if (!isHistory && seconds <= Ids.HorizonSeconds && _services.Ids.Look(key) == Novelty.New
            && _services.OldIds.Find(transaction.Id) is { } first && (first.Shard, first.Position) != (Shard, position))
        {
            return first.Content == key.Content ? Novelty.Duplicate : Novelty.Conflict;
        }

        return _known is null ? Ids.Register(key, seconds)
            : Ids.Settle(key, seconds) ? Novelty.New
            : Novelty.Duplicate;
    }

    private void Answer(DecisionBlock block, in EntryView head, TransactionKey key, WaitResult result)
    {
        _services.Waiters.Complete(key, result);
        if (head.ReplyTo is { } replyTo)
        {
            block.Replies.Add(new Reply(replyTo, key, result));
        }
    }

    private ref PaymentFacts PaymentOf(int index)
    {
        if (index == _payments.Length)
        {
            Array.Resize(ref _payments, 2 * index);
            Array.Resize(ref _before, 2 * index);
            Array.Resize(ref _isLate, 2 * index);
        }

        return ref _payments[index];
    }

    private DeadLetter Dead(in RawEntry entry, int item, string reason, byte[] payload) =>
        new(Shard, entry.Position, item, entry.Kind, reason, payload, _services.Time.GetUtcNow());
}

using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Shards;

/// <summary>Finds the faults of a transaction in a shard's log, and makes dead letters. Only the shard's thread uses it.</summary>
/// <param name="shard">The shard.</param>
/// <param name="shardCount">The number of shards.</param>
/// <param name="time">Tells when a dead letter was first seen.</param>
internal sealed class EntryFaults(int shard, int shardCount, TimeProvider time)
{
    private readonly List<TransactionFault> _faults = [];

    /// <summary>All faults of a transaction, as one text; null if it has none.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="cardHash">The hash of its card token.</param>
    /// <param name="position">Its entry. The event time is checked against the entry's stamp.</param>
    public string? Of(in TransactionView transaction, ulong cardHash, LogPosition position)
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

        var owner = StableHash.ShardOf(cardHash, shardCount);
        return owner == shard ? null : $"cardToken belongs to shard {owner}; this entry stands in shard {shard}";
    }

    /// <summary>Makes a dead letter.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="item">The transaction's index in the entry; 0 if the entry as a whole cannot be read.</param>
    /// <param name="reason">What is wrong and what is allowed.</param>
    /// <param name="payload">The raw bytes.</param>
    public DeadLetter Letter(in RawEntry entry, int item, string reason, ReadOnlySpan<byte> payload) =>
        Letter(entry, entry.Kind, item, reason, payload);

    /// <inheritdoc cref="Letter(in RawEntry, int, string, ReadOnlySpan{byte})"/>
    /// <param name="kind">The form of the payload: what was JSON and could be read is kept in the binary form.</param>
    public DeadLetter Letter(in RawEntry entry, EntryKind kind, int item, string reason, ReadOnlySpan<byte> payload) =>
        new(shard, entry.Position, item, kind, reason, EntryTexts.Payload(kind, payload), time.GetUtcNow());
}

using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Commits;

/// <summary>A transaction as the hash of its id and the hash of its content.</summary>
internal readonly record struct TransactionKey(ulong Id, uint Content)
{
    /// <summary>The key of a transaction.</summary>
    public static TransactionKey Of(Transaction transaction) =>
        new(StableHash.Hash64(transaction.Id), (uint)StableHash.OfBytes(MessageCodec.Encode(transaction)));

    /// <summary>The key of a transaction inside an entry.</summary>
    public static TransactionKey Of(in TransactionView transaction) =>
        new(StableHash.Hash64(transaction.Id), (uint)StableHash.OfBytes(transaction.Body));
}

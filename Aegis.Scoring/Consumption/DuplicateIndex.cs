using System.Runtime.InteropServices;
using Aegis.Core.Transactions;
using Aegis.Streams;

namespace Aegis.Scoring.Consumption;

/// <summary>What the index knows of a transaction id.</summary>
internal enum Novelty
{
    /// <summary>Not met before; remembered now.</summary>
    New,

    /// <summary>Met before with the same content.</summary>
    Duplicate,

    /// <summary>Met before with other content.</summary>
    Conflict,
}

/// <summary>All transaction ids of the log, with a hash of their content; shared by the shards of a process.</summary>
internal sealed class DuplicateIndex
{
    private readonly Dictionary<UInt128, ulong> _contents = [];
    private readonly Lock _lock = new();

    /// <summary>Remembers a transaction, or tells that its id was met.</summary>
    public Novelty Register(Transaction transaction)
    {
        var id = StableHash.Hash128(transaction.Id);
        var content = ContentHash(transaction);
        lock (_lock)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_contents, id, out var exists);
            if (!exists)
            {
                known = content;
                return Novelty.New;
            }

            return known == content ? Novelty.Duplicate : Novelty.Conflict;
        }
    }

    /// <summary>What <see cref="Register"/> would tell, without remembering.</summary>
    public Novelty Look(Transaction transaction)
    {
        lock (_lock)
        {
            return !_contents.TryGetValue(StableHash.Hash128(transaction.Id), out var known) ? Novelty.New
                : known == ContentHash(transaction) ? Novelty.Duplicate : Novelty.Conflict;
        }
    }

    private static ulong ContentHash(Transaction transaction)
    {
        var hash = 0UL;
        foreach (var octet in MessageCodec.Encode(transaction))
        {
            hash = StableHash.Mix(hash ^ octet);
        }

        return hash;
    }
}

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
    private readonly Dictionary<UInt128, ulong> _decided = [];
    private readonly Lock _lock = new();

    /// <summary>Tells what the store has decided, before the log is read again: whoever was first then is first now.</summary>
    public void Load(IEnumerable<Transaction> decided)
    {
        lock (_lock)
        {
            foreach (var transaction in decided)
            {
                _decided[StableHash.Hash128(transaction.Id)] = ContentHash(transaction);
            }
        }
    }

    /// <summary>The log has been read up to where the store stands.</summary>
    public void EndRecovery()
    {
        lock (_lock)
        {
            _decided.Clear();
            _decided.TrimExcess();
        }
    }

    /// <summary>Remembers a transaction, or tells that its id was met.</summary>
    public Novelty Register(Transaction transaction)
    {
        var id = StableHash.Hash128(transaction.Id);
        var content = ContentHash(transaction);
        lock (_lock)
        {
            if (_decided.TryGetValue(id, out var decided) && decided != content)
            {
                return Novelty.Conflict;
            }

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

namespace Aegis.Scoring.Consumption;

/// <summary>What is known of a transaction id.</summary>
internal enum Novelty
{
    /// <summary>Not met before; remembered now.</summary>
    New,

    /// <summary>Met before with the same content.</summary>
    Duplicate,

    /// <summary>Met before with other content.</summary>
    Conflict,
}

/// <summary>The transaction ids that the shards of a process remember, by hash, with a hash of their content. Preallocated; any thread.</summary>
/// <remarks>
/// Open addressing with linear probing in stripes that are locked one by one: 16 bytes a slot, at most 70 % full. Two ids are taken for one
/// where all 64 bits of their hashes agree: once in 2 million full sets of ten million ids.
/// </remarks>
internal sealed class RecentIds
{
    private const int StripeCount = 64;
    private const double HighestLoad = 0.7;

    private readonly Stripe[] _stripes;

    /// <param name="capacity">The most ids remembered.</param>
    public RecentIds(int capacity)
    {
        Capacity = capacity;
        // Ids spread over stripes by chance; five standard deviations and a bit of room for small capacities.
        var perStripe = ((double)capacity / StripeCount) + (5 * Math.Sqrt((double)capacity / StripeCount)) + 8;
        _stripes = [.. Enumerable.Range(0, StripeCount).Select(_ => new Stripe((int)(perStripe / HighestLoad)))];
    }

    /// <summary>The most ids remembered.</summary>
    public int Capacity { get; }

    /// <summary>Remembers an id for a shard, or tells that it was met.</summary>
    /// <param name="key">The id and its content.</param>
    /// <param name="shard">Who remembers it.</param>
    /// <param name="holder">Which shard remembers it now.</param>
    public Novelty Register(TransactionKey key, int shard, out int holder) => StripeOf(key.Id).Register(key.Id, key.Content, shard, out holder);

    /// <summary>What <see cref="Register"/> would tell, without remembering.</summary>
    public Novelty Look(TransactionKey key) => StripeOf(key.Id).Look(key.Id, key.Content);

    /// <summary>Forgets an id that a shard remembers; another shard's stays.</summary>
    public void Remove(ulong id, int shard) => StripeOf(id).Remove(id, shard);

    private Stripe StripeOf(ulong id) => _stripes[id % StripeCount];

    private struct Slot
    {
        public ulong Id;
        public uint Content;
        public ushort Shard;
        public bool IsUsed;
    }

    private sealed class Stripe(int length)
    {
        private readonly Slot[] _slots = new Slot[length];
        private readonly Lock _lock = new();
        private int _used;

        public Novelty Register(ulong id, uint content, int shard, out int holder)
        {
            lock (_lock)
            {
                ref var slot = ref _slots[Find(id)];
                holder = slot.IsUsed ? slot.Shard : shard;
                if (slot.IsUsed)
                {
                    return slot.Content == content ? Novelty.Duplicate : Novelty.Conflict;
                }

                // One slot stays free: a search ends there.
                if (_used == _slots.Length - 1)
                {
                    throw new InvalidOperationException($"A stripe of {_slots.Length} ids is full: shards remember more than their share.");
                }

                slot = new Slot { Id = id, Content = content, Shard = (ushort)shard, IsUsed = true };
                _used++;
                return Novelty.New;
            }
        }

        public Novelty Look(ulong id, uint content)
        {
            lock (_lock)
            {
                ref var slot = ref _slots[Find(id)];
                return !slot.IsUsed ? Novelty.New : slot.Content == content ? Novelty.Duplicate : Novelty.Conflict;
            }
        }

        public void Remove(ulong id, int shard)
        {
            lock (_lock)
            {
                var gap = Find(id);
                if (!_slots[gap].IsUsed || _slots[gap].Shard != shard)
                {
                    return;
                }

                // What follows in the run moves up, so that no probe ends at the gap too early.
                for (var next = After(gap); _slots[next].IsUsed; next = After(next))
                {
                    var home = HomeOf(_slots[next].Id);
                    var isBetween = gap <= next ? gap < home && home <= next : gap < home || home <= next;
                    if (!isBetween)
                    {
                        _slots[gap] = _slots[next];
                        gap = next;
                    }
                }

                _slots[gap] = default;
                _used--;
            }
        }

        /// <summary>The slot that holds an id, or the free one where it would go.</summary>
        private int Find(ulong id)
        {
            var slot = HomeOf(id);
            while (_slots[slot].IsUsed && _slots[slot].Id != id)
            {
                slot = After(slot);
            }

            return slot;
        }

        private int HomeOf(ulong id) => (int)Math.BigMul(id, (ulong)_slots.Length, out _);

        private int After(int slot) => slot + 1 == _slots.Length ? 0 : slot + 1;
    }
}

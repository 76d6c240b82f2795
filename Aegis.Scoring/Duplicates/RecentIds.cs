using System.Collections.Concurrent;
using Aegis.Scoring.Commits;

namespace Aegis.Scoring.Duplicates;

/// <summary>The transaction ids that the shards of a process remember, as hashes of id and content. Preallocated; any thread.</summary>
/// <remarks>
/// Open addressing with linear probing, in stripes with a lock each: 16 bytes a slot, at most 70 % full. Two ids count
/// as one if all 64 bits of their hashes agree. Of about 370,000 full sets of ten million ids, one holds such a pair.
/// </remarks>
internal sealed class RecentIds
{
    private const int StripeCount = 64;
    private const double HighestLoad = 0.7;

    private readonly Stripe[] _stripes;
    private readonly ConcurrentQueue<int> _overtaken = [];

    /// <param name="capacity">The most ids remembered.</param>
    public RecentIds(int capacity)
    {
        Capacity = capacity;
        // Ids spread over stripes by chance: leave room for five standard deviations, and a little more for small capacities.
        var perStripe = ((double)capacity / StripeCount) + (5 * Math.Sqrt((double)capacity / StripeCount)) + 8;
        _stripes = [.. Enumerable.Range(0, StripeCount).Select(_ => new Stripe((int)(perStripe / HighestLoad)))];
    }

    /// <summary>The most ids remembered.</summary>
    public int Capacity { get; }

    /// <summary>Remembers an id for a shard, or reports that it was met before.</summary>
    /// <param name="key">The id and its content.</param>
    /// <param name="shard">The shard that remembers it.</param>
    public Novelty Register(TransactionKey key, int shard) => StripeOf(key.Id).Register(key.Id, key.Content, shard);

    /// <summary>Remembers an id for the shard that has committed a decision on it. Any other shard that took the id,
    /// and has not settled it, is marked as overtaken.</summary>
    /// <returns>False if the shard remembers it already.</returns>
    public bool Settle(TransactionKey key, int shard)
    {
        if (StripeOf(key.Id).Settle(key.Id, key.Content, shard, out var overtaken))
        {
            if (overtaken is { } other)
            {
                _overtaken.Enqueue(other);
            }

            return true;
        }

        return false;
    }

    /// <summary>A shard has committed an id that is not remembered for it here. Any other shard that took the id is
    /// marked as overtaken.</summary>
    public void Contest(TransactionKey key, int shard)
    {
        if (StripeOf(key.Id).TakenBy(key.Id) is { } other && other != shard)
        {
            _overtaken.Enqueue(other);
        }
    }

    /// <summary>Takes a shard that took an id which another shard committed first. It has to decide its uncommitted
    /// entries again.</summary>
    public bool TryTakeOvertaken(out int shard) => _overtaken.TryDequeue(out shard);

    /// <summary>What <see cref="Register"/> would answer, without remembering the id.</summary>
    public Novelty Look(TransactionKey key) => StripeOf(key.Id).Look(key.Id, key.Content);

    /// <summary>Forgets an id if this shard remembers it; an id of another shard stays.</summary>
    public void Remove(ulong id, int shard) => StripeOf(id).Remove(id, shard);

    private Stripe StripeOf(ulong id) => _stripes[id % StripeCount];

    private struct Slot
    {
        public ulong Id;
        public uint Content;
        public ushort Shard;
        public bool IsUsed;
        public bool IsSettled;
    }

    private sealed class Stripe(int length)
    {
        private readonly Slot[] _slots = new Slot[length];
        private readonly Lock _lock = new();
        private int _used;

        public Novelty Register(ulong id, uint content, int shard)
        {
            lock (_lock)
            {
                ref var slot = ref _slots[Find(id)];
                if (slot.IsUsed)
                {
                    return slot.Content == content ? Novelty.Duplicate : Novelty.Conflict;
                }

                Fill(ref slot, id, content, shard, isSettled: false);
                return Novelty.New;
            }
        }

        public bool Settle(ulong id, uint content, int shard, out int? overtaken)
        {
            lock (_lock)
            {
                ref var slot = ref _slots[Find(id)];
                overtaken = slot.IsUsed && slot.Shard != shard && !slot.IsSettled ? slot.Shard : null;
                if (slot.IsUsed && slot.Shard == shard)
                {
                    slot.IsSettled = true;
                    return false;
                }

                Fill(ref slot, id, content, shard, isSettled: true);
                return true;
            }
        }

        public int? TakenBy(ulong id)
        {
            lock (_lock)
            {
                ref var slot = ref _slots[Find(id)];
                return slot.IsUsed && !slot.IsSettled ? slot.Shard : null;
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

                // Later slots of the run move up, so that no probe ends too early at the gap.
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

        private void Fill(ref Slot slot, ulong id, uint content, int shard, bool isSettled)
        {
            if (!slot.IsUsed)
            {
                // One slot stays free, so that every search ends.
                if (_used == _slots.Length - 1)
                {
                    throw new InvalidOperationException($"A stripe of {_slots.Length} ids is full: shards remember more than their share.");
                }

                _used++;
            }

            slot = new Slot { Id = id, Content = content, Shard = (ushort)shard, IsUsed = true, IsSettled = isSettled };
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

using Aegis.Core.Features;
using Aegis.Core.Numerics;

namespace Aegis.Tests.Core.Features;

public sealed class HistorySlabTests
{
    private const int PartLength = 512;

    [Fact]
    public void ACopy_IsTheSlabAsItWasWhenItWasBegun_WhateverChangesMeanwhile()
    {
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var random = new SeededRandom(seed);
            var (slab, copy) = (new HistorySlab<long>(), new HistorySlab<long>());
            var copies = new Dictionary<int, SlabCopy>();
            for (var round = 0; round < 4; round++)
            {
                Change(slab, 200 + random.NextInt(900), ref random);
                var fingerprint = slab.Fingerprint();
                slab.BeginCopy();
                while (slab.TryCopyNext(out var part))
                {
                    copies[part.Index] = part;
                    Change(slab, 40, ref random);
                }

                copy = new HistorySlab<long>();
                foreach (var (index, part) in copies.OrderBy(pair => pair.Key))
                {
                    copy.Restore(index, part.Count, part.Bytes.Span);
                }

                Assert.True(fingerprint == copy.Fingerprint(), $"seed {seed}, round {round}");
            }
        }
    }

    [Fact]
    public void TryCopyNext_GivesOnlyPartsThatChangedSinceTheLastCopy()
    {
        var slab = new HistorySlab<long>();
        for (var key = 0UL; key < 3 * PartLength; key++)
        {
            slab.SlotOf(key);
        }

        Assert.Equal([0, 1, 2], Copied(slab));
        Assert.Empty(Copied(slab));
        slab.Touch(PartLength);
        slab[PartLength] = 7;
        Assert.Equal([1], Copied(slab));
        slab.SlotOf(3 * PartLength);
        Assert.Equal([3], Copied(slab));
        // To look a known key up changes nothing.
        slab.SlotOf(5);
        Assert.True(slab.TryFind(5, out var slot) && slot == 5);
        Assert.False(slab.TryFind(ulong.MaxValue, out _));
        Assert.Empty(Copied(slab));
    }

    [Fact]
    public void Restore_OfAPartThatDoesNotFollow_IsRefused()
    {
        var slab = new HistorySlab<long>();
        Assert.Equal("Part 1 with 1 histories in 16 bytes; allowed: the part that follows 0 histories, 16 bytes each.", Refusal(1, 1, 16));
        Assert.StartsWith("Part 0 with 0 histories in 0 bytes", Refusal(0, 0, 0), StringComparison.Ordinal);
        Assert.StartsWith("Part 0 with 513 histories in 8208 bytes", Refusal(0, 513, 513 * 16), StringComparison.Ordinal);
        Assert.StartsWith("Part 0 with 1 histories in 15 bytes", Refusal(0, 1, 15), StringComparison.Ordinal);
        slab.Restore(0, 1, new byte[16]);
        Assert.Equal(1, slab.Count);
        // The part before is not full.
        Assert.StartsWith("Part 1 with 1 histories", Refusal(1, 1, 16), StringComparison.Ordinal);

        string Refusal(
            int index, int count, int bytes) => Assert.Throws<ArgumentException>(() => slab.Restore(index, count, new byte[bytes])).Message;
    }

    [Fact]
    public void Fingerprint_ChangesWithKeysTheirOrderAndHistories()
    {
        var fingerprints = new[] { Of(), Of(1), Of(2), Of(1, 2), Of(2, 1) }.Select(slab => slab.Fingerprint()).ToList();
        Assert.Equal(fingerprints.Count, fingerprints.Distinct().Count());
        var changed = Of(1, 2);
        changed[1] = 5;
        Assert.DoesNotContain(changed.Fingerprint(), fingerprints);
        Assert.Equal(fingerprints[3], Of(1, 2).Fingerprint());

        static HistorySlab<long> Of(params ulong[] keys)
        {
            var slab = new HistorySlab<long>();
            foreach (var key in keys)
            {
                slab.SlotOf(key);
            }

            return slab;
        }
    }

    private static List<int> Copied(HistorySlab<long> slab)
    {
        var parts = new List<int>();
        slab.BeginCopy();
        while (slab.TryCopyNext(out var copy))
        {
            parts.Add(copy.Index);
            copy.Bytes.Return();
        }

        return parts;
    }

    private static void Change(HistorySlab<long> slab, int times, ref SeededRandom random)
    {
        for (var i = 0; i < times; i++)
        {
            var slot = slab.SlotOf((ulong)random.NextInt(3_000));
            slab.Touch(slot);
            slab[slot] += i;
        }
    }
}

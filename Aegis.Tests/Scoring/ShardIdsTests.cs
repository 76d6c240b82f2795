using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;

namespace Aegis.Tests.Scoring;

public sealed class ShardIdsTests
{
    private const int Share = 10_000;
    private const long Noon = 1_700_000_000;

    [Fact]
    public void Register_BeyondTheShare_ForgetsTheOldestAndRaisesTheHorizon()
    {
        var shared = new RecentIds(2 * Share);
        var (full, other) = (new ShardIds(shared, 0, Share), new ShardIds(shared, 1, Share));
        Fill(full, from: 0, count: 3 * Share);
        Fill(other, from: 1_000_000, count: 500);
        Assert.Equal((Share, 500), (full.Count, other.Count));
        Assert.Equal(Novelty.New, shared.Look(Key(0)));
        Assert.Equal(Noon + (2 * Share) - 1, full.HorizonSeconds);
        Assert.Equal(Novelty.Duplicate, full.Register(Key((3 * Share) - 1), Noon));
    }

    [Fact]
    public void Register_ADayLater_ForgetsWhatIsOlderThanADay()
    {
        var ids = new ShardIds(new RecentIds(Share), 0, Share);
        Fill(ids, from: 0, count: 100);
        for (ulong i = 0; i < 100; i++)
        {
            ids.Register(Key(500 + i), Noon + 100 + ShardIds.MemorySeconds + (long)i);
        }

        Assert.Equal(100, ids.Count);
    }

    [Fact]
    public void Restore_OfMoreThanTheShare_KeepsTheNewest()
    {
        var large = new ShardIds(new RecentIds(3 * Share), 0, 3 * Share);
        Fill(large, from: 0, count: 3 * Share);
        var shared = new RecentIds(Share);
        var small = new ShardIds(shared, 0, Share);
        small.Restore(large.State, large.PartsFrom(0).Select(part => part.Bytes));
        Assert.Equal(Share, small.Count);
        Assert.Equal((Novelty.New, Novelty.Duplicate), (shared.Look(Key((2 * Share) - 1)), shared.Look(Key(2 * Share))));
        small.Clear();
        Assert.Equal(Novelty.New, shared.Look(Key((3 * Share) - 1)));
    }

    [Fact]
    public void Settle_OfAnIdThatAnotherShardTook_OvertakesIt()
    {
        var shared = new RecentIds(Share);
        var (mine, other) = (new ShardIds(shared, 0, Share), new ShardIds(shared, 1, Share));
        var conflicting = new TransactionKey(Key(7).Id, 99);
        other.Register(Key(7), Noon);
        Assert.True(mine.Settle(conflicting, Noon));
        Assert.False(mine.Settle(conflicting, Noon));
        Assert.True(shared.TryTakeOvertaken(out var overtaken));
        Assert.Equal((1, false), (overtaken, shared.TryTakeOvertaken(out _)));
        other.Clear();
        Assert.Equal(Novelty.Conflict, other.Register(Key(7), Noon));
    }

    [Fact]
    public void Settle_OfAnIdThatTwoShardsHaveCommitted_OvertakesNeitherForEver()
    {
        var shared = new RecentIds(Share);
        var (mine, other) = (new ShardIds(shared, 0, Share), new ShardIds(shared, 1, Share));
        Assert.True(mine.Settle(Key(7), Noon));
        Assert.True(other.Settle(Key(7), Noon));
        Assert.False(shared.TryTakeOvertaken(out _));
    }

    private static void Fill(ShardIds ids, ulong from, int count)
    {
        for (ulong i = 0; i < (ulong)count; i++)
        {
            ids.Register(Key(from + i), Noon + (long)i);
        }
    }

    private static TransactionKey Key(ulong number) => new(Aegis.Core.Numerics.StableHash.Mix(number + 1), (uint)number);
}

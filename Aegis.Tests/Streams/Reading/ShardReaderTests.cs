using System.Diagnostics;
using System.Text;
using Aegis.Core.Decisions;
using Aegis.Streams;
using Aegis.Streams.Entries;
using Aegis.Streams.Reading;
using Aegis.Streams.Redis;

namespace Aegis.Tests.Streams.Reading;

public sealed class ShardReaderTests(RedisFixture server) : EmptyLogTests(server), IClassFixture<RedisFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ShardReader Reader => new(Redis, new StreamOptions(), TimeProvider.System);

    [Fact]
    public async Task ReadAsync_GivesWhatStandsAfterEachPosition()
    {
        await AddAsync(0, 1, 2, 3);
        await AddAsync(1, 1);
        await AddAsync(2, 5);
        var read = await Reader.ReadAsync(
            new Dictionary<int, LogPosition> { [0] = At(1), [1] = At(1), [2] = LogPosition.Start }, Cancel);
        Assert.Equal([(0, "2 3"), (2, "5")], read.OrderBy(entries => entries.Shard).Select(entries => (entries.Shard, Said(entries))));
    }

    [Fact]
    public async Task ReadAsync_OfNothingNew_WaitsAQuarterOfASecond()
    {
        await AddAsync(0, 1);
        var started = Stopwatch.GetTimestamp();
        Assert.Empty(await Reader.ReadAsync(new Dictionary<int, LogPosition> { [0] = At(1), [1] = LogPosition.Start }, Cancel));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.2, 10);
    }

    [Fact]
    public async Task ReadAsync_AsksForMoreEntries_TheSmallerTheyAre()
    {
        await AddAsync(0, [.. Enumerable.Range(1, 200)]);
        var reader = Reader;
        var (after, counts) = (LogPosition.Start, new List<int>());
        for (var i = 0; i < 3; i++)
        {
            var entries = Assert.Single(await reader.ReadAsync(new Dictionary<int, LogPosition> { [0] = after }, Cancel));
            (after, var count) = (entries.Entries[^1].Position, entries.Entries.Length);
            counts.Add(count);
            entries.Release();
        }

        Assert.Equal([32, 64, 104], counts);
    }

    [Theory]
    [InlineData(0, 9, 100, "1 2 3 4")]
    [InlineData(1, 3, 100, "2 3")]
    [InlineData(1, 9, 2, "2 3")]
    [InlineData(4, 9, 100, null)]
    [InlineData(2, 2, 100, null)]
    public async Task ReadRangeAsync_IsAfterOnePositionUpToAndWithAnother(int after, int last, int count, string? expected)
    {
        await AddAsync(0, 1, 2, 3, 4);
        var entries = await Reader.ReadRangeAsync(0, At(after), At(last), count, Cancel);
        Assert.Equal(expected, entries is null ? null : Said(entries));
    }

    [Fact]
    public async Task LastPositionAsync_IsThatOfTheLastEntry()
    {
        Assert.Null(await Reader.LastPositionAsync(0, Cancel));
        await AddAsync(0, 1, 7);
        Assert.Equal(At(7), await Reader.LastPositionAsync(0, Cancel));
        Assert.Null(await Reader.LastPositionAsync(1, Cancel));
    }

    [Fact]
    public async Task ExtentAsync_TellsTheFirstEntryAndWhetherAnyWasRemoved()
    {
        Assert.Equal(default, await Reader.ExtentAsync(0, Cancel));
        await AddAsync(0, 1, 2, 3);
        Assert.Equal(new LogExtent(At(1), IsTrimmed: false, Added: 3), await Reader.ExtentAsync(0, Cancel));
        await Redis.ExecuteAsync(new RedisCommand("XTRIM", StreamKeys.Log(0), "MAXLEN", 2), Cancel);
        Assert.Equal(new LogExtent(At(2), IsTrimmed: true, Added: 3), await Reader.ExtentAsync(0, Cancel));
        await Redis.ExecuteAsync(new RedisCommand("XTRIM", StreamKeys.Log(0), "MAXLEN", 0), Cancel);
        Assert.Equal(new LogExtent(null, IsTrimmed: true, Added: 3), await Reader.ExtentAsync(0, Cancel));
    }

    [Fact]
    public async Task AnIdBeyondEveryPosition_IsTold_AndTheOtherShardsAreRead()
    {
        const string Forged = "18446744073709551615-1";
        await AddAsync(0, 1);
        await AddAsync(1, 2);
        await Redis.ExecuteAsync(new RedisCommand("XADD", StreamKeys.Log(0), Forged, "b", "x"), Cancel);
        Assert.Equal(Forged, (await Reader.ExtentAsync(0, Cancel)).ForgedId);
        var read = await Reader.ReadAsync(new Dictionary<int, LogPosition> { [0] = LogPosition.Start, [1] = LogPosition.Start }, Cancel);
        Assert.Equal([(0, "1"), (1, "2")], read.OrderBy(entries => entries.Shard).Select(entries => (entries.Shard, Said(entries))));
        Assert.Equal(
            [At(2)], (await Reader.ReadAsync(new Dictionary<int, LogPosition> { [0] = At(1), [1] = LogPosition.Start }, Cancel))
                .Select(entries => entries.Entries[0].Position));
    }

    [Fact]
    public async Task HoldsAsync_TellsWhetherAnEntryIsThere()
    {
        Assert.False(await Reader.HoldsAsync(0, At(2), Cancel));
        await AddAsync(0, 1, 2, 3);
        Assert.True(await Reader.HoldsAsync(0, At(2), Cancel));
        await Redis.ExecuteAsync(new RedisCommand("XDEL", StreamKeys.Log(0), "2-0"), Cancel);
        Assert.False(await Reader.HoldsAsync(0, At(2), Cancel));
    }

    private static LogPosition At(int milliseconds) => new(milliseconds, 0);

    private static string Said(ShardEntries entries)
    {
        var said = new List<string>();
        foreach (var entry in entries.Entries)
        {
            said.Add(Encoding.ASCII.GetString(entries.Bytes.Slice(entry.Offset, entry.Length)));
            Assert.Equal(said[^1], entry.Position.Milliseconds.ToString());
        }

        entries.Release();
        return string.Join(' ', said);
    }

    private async Task AddAsync(int shard, params int[] milliseconds)
    {
        foreach (var at in milliseconds)
        {
            await Redis.ExecuteAsync(new RedisCommand("XADD", StreamKeys.Log(shard), $"{at}-0", "b", $"{at}"), Cancel);
        }
    }
}

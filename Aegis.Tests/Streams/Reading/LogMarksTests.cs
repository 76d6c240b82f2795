using Aegis.Core.Decisions;
using Aegis.Streams;
using Aegis.Streams.Reading;
using Aegis.Streams.Redis;

namespace Aegis.Tests.Streams.Reading;

public sealed class LogMarksTests(RedisFixture redis) : EmptyLogTests(redis), IClassFixture<RedisFixture>
{
    private static readonly LogMark Replaced = new("b", new LogPosition(9_000_000_000_000, 5));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private LogMarks Marks => new(Redis, new StreamOptions { ShardCount = 2 });

    [Fact]
    public async Task AMark_IsTheFirstThatWasClaimed()
    {
        Assert.Equal([null, null], await Marks.ReadAsync(Cancel));
        await Marks.ClaimAsync(1, "a", Cancel);
        await Marks.ClaimAsync(1, "b", Cancel);
        Assert.Equal([null, new LogMark("a", LogPosition.Start)], await Marks.ReadAsync(Cancel));
    }

    /// <summary>Whether the log is there or not, and though the server's clock stands before the base.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AReplacedMark_MakesLaterEntriesComeAfterItsBase(bool isThere)
    {
        await Marks.ClaimAsync(0, "a", Cancel);
        if (isThere)
        {
            await AppendAsync();
        }

        await Marks.ReplaceAsync(0, Replaced, Cancel);
        Assert.Equal(Replaced, (await Marks.ReadAsync(Cancel))[0]);
        Assert.True(LogPosition.TryParse(await AppendAsync(), out var position));
        Assert.True(position > Replaced.Base);
    }

    [Fact]
    public async Task AMark_ThatCannotBeRead_BelongsToNobody()
    {
        await Redis.ExecuteAsync(new RedisCommand("SET", StreamKeys.Mark(0), "x"), Cancel);
        Assert.Equal("?", (await Marks.ReadAsync(Cancel))[0]!.Value.Store);
    }

    private async Task<string> AppendAsync() =>
        (await Redis.ExecuteAsync(new RedisCommand("XADD", StreamKeys.Log(0), "*", "json", "{}"), Cancel)).Text();
}

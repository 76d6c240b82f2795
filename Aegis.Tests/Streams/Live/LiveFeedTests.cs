using Aegis.Streams;
using Aegis.Streams.Live;
using Aegis.Streams.Redis;

namespace Aegis.Tests.Streams.Live;

public sealed class LiveFeedTests(RedisFixture server) : EmptyLogTests(server), IClassFixture<RedisFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Subscribe_YieldsWhatIsPublishedFromThenOn_InOrder()
    {
        var feed = new LiveFeed(Redis, new StreamOptions());
        await feed.PublishAsync([(LiveKinds.Sample, new RunFinished("before", 1))], Cancel);
        await using var blocking = Server.Client();
        await using var messages = new LiveFeed(blocking, new StreamOptions()).SubscribeAsync(Cancel).GetAsyncEnumerator(Cancel);
        var first = messages.MoveNextAsync();
        // The subscription stands once the server has a blocked client.
        var clients = "";
        while (!clients.Contains("blocked_clients:1", StringComparison.Ordinal))
        {
            await Task.Delay(5, Cancel);
            clients = (await Redis.ExecuteAsync(new RedisCommand("INFO", "clients"), Cancel)).Text();
        }

        await feed.PublishAsync(
            [(LiveKinds.Flagged, new RunFinished("a", 2)), (LiveKinds.RunFinished, new RunFinished("b", 3))], Cancel);
        Assert.True(await first);
        Assert.Equal(new LiveMessage("flagged", """{"producer":"a","sent":2}"""), messages.Current);
        Assert.True(await messages.MoveNextAsync());
        Assert.Equal(new LiveMessage("run-finished", """{"producer":"b","sent":3}"""), messages.Current);
        await feed.PublishAsync([(LiveKinds.RollUp, new RunFinished("c", 4))], Cancel);
        Assert.True(await messages.MoveNextAsync());
        Assert.Equal("rollup", messages.Current.Kind);
    }

    [Fact]
    public async Task Publish_OfNothing_MakesNoStream()
    {
        await new LiveFeed(Redis, new StreamOptions()).PublishAsync([], Cancel);
        Assert.Equal(0, (long)await Redis.ExecuteAsync(new RedisCommand("EXISTS", StreamKeys.Live), Cancel));
    }

    [Fact]
    public async Task Publish_OfManyMessages_KeepsAboutAsManyAsWanted()
    {
        var feed = new LiveFeed(Redis, new StreamOptions { LiveFeedLength = 100 });
        await feed.PublishAsync(Enumerable.Range(0, 1_000).Select(i => (LiveKinds.Sample, (object)new RunFinished("x", i))), Cancel);
        // Redis trims by whole nodes of a hundred entries.
        Assert.InRange((long)await Redis.ExecuteAsync(new RedisCommand("XLEN", StreamKeys.Live), Cancel), 100, 300);
    }
}

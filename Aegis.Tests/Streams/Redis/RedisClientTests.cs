using System.Collections.Concurrent;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Streams.Redis;

namespace Aegis.Tests.Streams.Redis;

public sealed class RedisClientTests(RedisFixture server) : IClassFixture<RedisFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Execute_WhileTheServerStandsStill_FailsInTimeAndWorksAfterwards()
    {
        await using var client = new RedisClient(RedisSettings.Parse(server.ConnectionString, TimeSpan.FromSeconds(1)));
        await client.ExecuteAsync(new RedisCommand("PING"), Cancel);
        await client.ExecuteAsync(new RedisCommand("CLIENT", "PAUSE", 3_000, "ALL"), Cancel);
        var error = await Assert.ThrowsAsync<RedisUnavailableException>(
            () => client.ExecuteAsync(new RedisCommand("PING"), Cancel).WaitAsync(TimeSpan.FromSeconds(3), Cancel));
        Assert.True(error.MayHaveRun);
        await Task.Delay(2_500, Cancel);
        Assert.Equal("PONG", (await client.ExecuteAsync(new RedisCommand("PING"), Cancel)).Text());
    }

    [Fact]
    public async Task Append_WhileTheServerIsKilledAndComesBack_KeepsAllThatWasAcknowledged()
    {
        await using var client = server.Client();
        var log = new TransactionLog(client, 16);
        var accepted = new ConcurrentBag<string>();
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 4).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var message = new LogMessage(
                    [TestTransactions.Valid($"kept-{caller}-{i}", $"card-{i}")], IsHistory: false, TestTransactions.Noon,
                    TraceParent: null);
                try
                {
                    await log.AppendAsync(message, Cancel);
                    accepted.Add(message.Transactions[0].Id);
                }
                catch (RedisUnavailableException)
                {
                    await Task.Delay(20, Cancel);
                }
            }
        }, Cancel)).ToArray();
        await Task.Delay(500, Cancel);
        await server.KillAsync();
        var before = accepted.Count;
        await server.RestartAsync();
        for (var tries = 0; accepted.Count < before + 50; tries++)
        {
            Assert.True(tries < 100, $"{accepted.Count - before} accepted within 10 s of the restart");
            await Task.Delay(100, Cancel);
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers);
        var logged = (await Producer.WholeLog.ReadAsync(client, 16)).SelectMany(Producer.WholeLog.Ids).ToHashSet();
        Assert.DoesNotContain(accepted, id => !logged.Contains(id));
    }

    [Fact]
    public async Task Execute_Cancelled_EndsForThatCallerAlone()
    {
        await using var client = server.Client();
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var blocked = client.ExecuteAsync(new RedisCommand("BLPOP", (StackExchange.Redis.RedisKey)"nothing", 1), cancelled.Token);
        var other = client.ExecuteAsync(new RedisCommand("PING"), Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => blocked);
        Assert.Equal("PONG", (await other).Text());
    }

    [Fact]
    public async Task ExecuteAtomically_WhereOneCommandIsWrong_RunsNone()
    {
        await using var client = server.Client();
        await Assert.ThrowsAsync<RedisErrorException>(() => client.ExecuteAtomicallyAsync(
            [new RedisCommand("SET", (StackExchange.Redis.RedisKey)"a", "1"), new RedisCommand("NO-SUCH-COMMAND")], Cancel));
        Assert.True((await client.ExecuteAsync(new RedisCommand("GET", (StackExchange.Redis.RedisKey)"a"), Cancel)).IsNull);
    }
}

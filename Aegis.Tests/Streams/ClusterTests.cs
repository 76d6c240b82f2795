using System.Collections.Concurrent;
using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Aegis.Streams;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Streams.Reading;
using Aegis.Streams.Redis;
using Aegis.TestRig.Servers;
using RedisKey = StackExchange.Redis.RedisKey;

namespace Aegis.Tests.Streams;

public sealed class ClusterTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private const int Shards = 16;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shards_AreSpreadOverTheMasters()
    {
        var masters = new HashSet<int>();
        for (var shard = 0; shard < Shards; shard++)
        {
            var slot = await cluster.SlotOfAsync(StreamKeys.Log(shard)!);
            masters.Add(await cluster.MasterOfAsync(slot));
        }

        Assert.Equal(3, masters.Count);
    }

    [Theory]
    [InlineData("", "protocol=resp3")]
    [InlineData("cluster", "protocol=resp3")]
    [InlineData("", "protocol=resp2")]
    public async Task Append_ToEveryShard_IsReadBack(string how, string protocol)
    {
        await using var client = PrivateRedis.Connect($"{(how == "" ? cluster.OneNode : cluster.Connection)},{protocol}");
        var ends = new Dictionary<int, LogPosition>();
        var reader = new ShardReader(client, new StreamOptions(), TimeProvider.System);
        for (var shard = 0; shard < Shards; shard++)
        {
            ends[shard] = LogPosition.Start;
        }

        while (await reader.ReadAsync(ends, Cancel) is { Count: > 0 } old)
        {
            old.ToList().ForEach(shard => ends[shard.Shard] = shard.Entries[^1].Position);
        }

        var prefix = Guid.NewGuid().ToString();
        await new TransactionLog(client, Shards)
            .AppendAsync([.. Enumerable.Range(0, 500).Select(i => Message($"{prefix}-{i}", $"card-{i}"))], Cancel);
        var read = new List<string>();
        while (await reader.ReadAsync(ends, Cancel) is { Count: > 0 } entries)
        {
            foreach (var shard in entries)
            {
                ends[shard.Shard] = shard.Entries[^1].Position;
                read.AddRange(Ids(shard).Select(entry => entry.Id));
            }
        }

        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{prefix}-{i}").Order(), read.Order());
    }

    [Fact]
    public async Task ExecuteAtomically_OverSeveralSlots_IsRefusedBeforeItIsSent()
    {
        await using var client = PrivateRedis.Connect(cluster.OneNode);
        var error = await Assert.ThrowsAsync<RedisErrorException>(
            () => client.ExecuteAtomicallyAsync([new("SET", (RedisKey)"{1}", "v"), new("SET", (RedisKey)"{2}", "v")], Cancel));
        Assert.Contains("slot", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_OnSlotThatIsMigrating_FollowsAskAndThenMoved()
    {
        RedisKey Old = "old:{migrating}", New = "new:{migrating}";
        var slot = await cluster.SlotOfAsync(New!);
        var source = await cluster.MasterOfAsync(slot);
        var target = (await cluster.MastersAsync()).First(port => port != source);
        await using var client = PrivateRedis.Connect(cluster.Connection);
        await client.ExecuteAsync(new RedisCommand("XADD", Old, "*", "f", "before"), Cancel);
        await ClusterFixture.CliAsync($"-p {target} CLUSTER SETSLOT {slot} IMPORTING {await ClusterFixture.IdOfAsync(source)}");
        await ClusterFixture.CliAsync($"-p {source} CLUSTER SETSLOT {slot} MIGRATING {await ClusterFixture.IdOfAsync(target)}");
        Assert.StartsWith($"ASK {slot}", await ClusterFixture.CliAsync($"-p {source} XLEN {New}"), StringComparison.Ordinal);

        await client.ExecuteAsync(new RedisCommand("XADD", New, "*", "f", "single"), Cancel);
        Assert.Equal(1, (long)await client.ExecuteAsync(new RedisCommand("XLEN", New), Cancel));
        Assert.Equal(1, (long)await client.ExecuteAsync(new RedisCommand("XLEN", Old), Cancel));

        await ClusterFixture.CliAsync($"-p {source} MIGRATE 127.0.0.1 {target} {Old} 0 1000");
        foreach (var port in new[] { target, source })
        {
            await ClusterFixture.CliAsync($"-p {port} CLUSTER SETSLOT {slot} NODE {await ClusterFixture.IdOfAsync(target)}");
        }

        Assert.StartsWith($"MOVED {slot}", await ClusterFixture.CliAsync($"-p {source} XLEN {New}"), StringComparison.Ordinal);
        await client.ExecuteAsync(new RedisCommand("XADD", New, "*", "f", "moved"), Cancel);
        Assert.Equal(2, (long)await client.ExecuteAsync(new RedisCommand("XLEN", New), Cancel));
        Assert.Equal(1, (long)await client.ExecuteAsync(new RedisCommand("XLEN", Old), Cancel));
    }

    [Fact]
    public async Task Append_WithMoreReplicasThanThereAre_IsNotAcceptedAndSaysHowManyConfirmed()
    {
        await using var client = PrivateRedis.Connect(cluster.Connection);
        // Redis waits all that time for the two replicas that do not exist; on a busy machine the one that does needs some of it.
        var log = new TransactionLog(client, new StreamOptions { ConfirmReplicas = 3, ConfirmTimeoutMs = 2_000 });
        var error = await Assert.ThrowsAsync<RedisUnavailableException>(() => log.AppendAsync(Message("few", "card"), Cancel));
        Assert.Contains("1 of 3 replicas", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_WhileAMasterIsKilled_LosesNothingThatWasConfirmedAndGoesOnInTime()
    {
        await using var client = PrivateRedis.Connect(cluster.Connection, timeoutSeconds: 10);
        var log = new TransactionLog(client, new StreamOptions { ConfirmReplicas = 1, ConfirmTimeoutMs = 500 });
        var confirmed = new ConcurrentBag<(int Shard, LogPosition Position, string Id)>();
        var failures = new ConcurrentBag<string>();
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var message = Message($"kill-{caller}-{i}", $"card-{caller}-{i}");
                try
                {
                    confirmed.Add((StableHash.ShardOf(message.Transactions[0].CardToken, Shards), await log.AppendAsync(message, Cancel),
                        message.Transactions[0].Id));
                }
                catch (RedisUnavailableException e)
                {
                    failures.Add(e.Message);
                }
            }
        }, Cancel)).ToArray();

        await Task.Delay(1_000, Cancel);
        var killed = await cluster.MasterOfAsync(await cluster.SlotOfAsync(StreamKeys.Log(0)!));
        await cluster.KillAsync(killed);
        var before = confirmed.Count;
        var started = TimeProvider.System.GetTimestamp();
        while (await Record.ExceptionAsync(() => client.ExecuteAsync(new RedisCommand("XLEN", StreamKeys.Log(0)), Cancel)) is { } error)
        {
            Assert.IsType<RedisUnavailableException>(error);
        }

        var failover = TimeProvider.System.GetElapsedTime(started);
        TestContext.Current.TestOutputHelper!.WriteLine($"failover followed after {failover.TotalSeconds:N1} s");
        Assert.True(failover < TimeSpan.FromSeconds(20), $"{failover}");

        // The new master has no replica until the old one is back.
        cluster.Restart(killed);
        await cluster.WaitUntilHealthyAsync();
        var shardsOfKilled = confirmed.Count(append => append.Shard == 0);
        await Task.Delay(1_500, Cancel);
        await stop.CancelAsync();
        await Task.WhenAll(load).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        TestContext.Current.TestOutputHelper!.WriteLine($"{confirmed.Count} confirmed, {before} of them before the kill, {failures.Count} not: {string.Join("; ", failures.Distinct().Take(4))}");
        Assert.True(confirmed.Count(append => append.Shard == 0) > shardsOfKilled,
            "nothing was confirmed in a shard of the killed master after its return");
        Assert.True(before > 100, $"{before} confirmed before the kill");

        var logged = new Dictionary<(int, LogPosition), string>();
        var reader = new ShardReader(client, new StreamOptions(), TimeProvider.System);
        for (var shard = 0; shard < Shards; shard++)
        {
            if (await reader.ReadRangeAsync(
                shard, LogPosition.Start, new LogPosition(long.MaxValue, long.MaxValue), 1_000_000, Cancel) is not { } entries)
            {
                continue;
            }

            foreach (var (position, id) in Ids(entries))
            {
                logged[(shard, position)] = id;
            }
        }

        Assert.DoesNotContain(confirmed, append => logged.GetValueOrDefault((append.Shard, append.Position)) != append.Id);
    }

    private static List<(LogPosition Position, string Id)> Ids(ShardEntries entries)
    {
        var ids = new List<(LogPosition, string)>();
        foreach (var entry in entries.Entries)
        {
            ids.Add((entry.Position, MessageCodec.Decode(entries.Bytes.Slice(entry.Offset, entry.Length)).Transactions[0].Id));
        }

        entries.Release();
        return ids;
    }

    private static LogMessage Message(string id, string card) =>
        new([TestTransactions.Valid(id, card)], IsHistory: false, TestTransactions.Noon, TraceParent: null);
}

using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Aegis.Streams;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Streams.Reading;
using Aegis.Streams.Redis;
using Aegis.TestRig.Servers;
using Aegis.Tests.Producer;

namespace Aegis.Tests.Streams.Appending;

public sealed class TransactionLogTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_ThenRead_GivesTheSameMessageAtItsPosition()
    {
        await using var client = redis.Client();
        var message = Message("append-1", "card-append");
        var position = await new TransactionLog(client, 16).AppendAsync(message, Cancel);
        var shard = StableHash.ShardOf("card-append", 16);
        var entries = await new ShardReader(client, new StreamOptions(), TimeProvider.System)
            .ReadRangeAsync(shard, LogPosition.Start, position, 1_000, Cancel);
        var last = entries!.Entries[^1];
        Assert.Equal((position, EntryKind.Binary), (last.Position, last.Kind));
        Assert.Equal(message.Transactions, MessageCodec.Decode(entries.Bytes.Slice(last.Offset, last.Length)).Transactions);
        entries.Release();
    }

    [Fact]
    public async Task Append_OfBatches_MovesEachShardsLogAndProgressTogether()
    {
        await using var client = redis.Client();
        var log = new TransactionLog(client, 16);
        var progress = await log.ProgressAsync("p-1", Cancel);
        Assert.Equal(0, progress.Highest);
        await log.AppendAsync([Batch("p-1", 1, "card-p"), Batch("p-1", 2, "card-q")], progress, Cancel);
        Assert.Equal(2, progress.Complete);
        var known = await log.ProgressAsync("p-1", Cancel);
        Assert.True(known is { Complete: 0, Highest: 2 } && known.Has(1) && known.Has(2));
        // What the log has is not appended again.
        await log.AppendAsync([Batch("p-1", 1, "card-p"), Batch("p-1", 2, "card-q")], known, Cancel);
        Assert.Equal([1, 1], (await WholeLog.ReadAsync(client, 16)).SelectMany(shard => shard).GroupBy(entry => entry.Transactions[0].Id)
            .Where(group => group.Key is "p-1" or "p-2").Select(group => group.Count()));
    }

    [Fact]
    public async Task Append_OfBatchesThatNoReplicaConfirms_IsNotAcceptedThoughTheyAreThere()
    {
        await using var client = redis.Client();
        var log = new TransactionLog(client, new StreamOptions { ConfirmReplicas = 1, ConfirmTimeoutMs = 50 });
        for (var tries = 0; tries < 2; tries++)
        {
            var progress = await log.ProgressAsync("p-3", Cancel);
            await Assert.ThrowsAsync<RedisUnavailableException>(() => log.AppendAsync([Batch("p-3", 3, "card-p")], progress, Cancel));
        }

        Assert.Single((await WholeLog.ReadAsync(client, 16)).SelectMany(WholeLog.Ids), "p-3");
    }

    [Theory]
    [InlineData("OOM command not allowed when used memory > 'maxmemory'.")]
    [InlineData("EXECABORT Transaction discarded because of: OOM command not allowed when used memory > 'maxmemory'.")]
    [InlineData("MISCONF Errors writing to the AOF file: No space left on device")]
    public void Checked_OfARefusalForWantOfRoom_SaysThatItPasses(string reply) =>
        Assert.IsType<RedisFullException>(RedisErrorException.Of(reply));

    [Fact]
    public async Task Append_ThatNoReplicaConfirms_IsNotAccepted()
    {
        await using var client = redis.Client();
        var log = new TransactionLog(client, new StreamOptions { ConfirmReplicas = 1, ConfirmTimeoutMs = 50 });
        var error = await Assert.ThrowsAsync<RedisUnavailableException>(
            () => log.AppendAsync([Message("w-1", "card-w"), Message("w-2", "card-w")], Cancel));
        Assert.Contains("0 of 1 replicas", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_FromManyTasks_KeepsRepliesApart()
    {
        await using var client = redis.Client();
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 2_000).Select(i => client.ExecuteAsync(new RedisCommand("ECHO", $"message-{i}"), Cancel)));
        Assert.Equal(Enumerable.Range(0, 2_000).Select(i => $"message-{i}"), replies.Select(r => r.Text()));
    }

    [Fact]
    public async Task Execute_WithWrongPassword_SaysSo()
    {
        await using var client = redis.Client("wrong");
        var error = await Assert.ThrowsAsync<RedisErrorException>(() => client.ExecuteAsync(new RedisCommand("PING"), Cancel));
        Assert.DoesNotContain("wrong", error.Message.Replace("WRONGPASS", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_OfWrongCommand_FailsAloneAndKeepsTheConnection()
    {
        await using var client = redis.Client();
        await Assert.ThrowsAsync<RedisErrorException>(() => client.ExecuteAsync(new RedisCommand("NO-SUCH-COMMAND"), Cancel));
        Assert.Equal("PONG", (await client.ExecuteAsync(new RedisCommand("PING"), Cancel)).Text());
    }

    [Fact]
    public async Task Execute_WithNobodyThere_FailsInBoundedTime()
    {
        await using var client = new RedisClient(RedisSettings.Parse($"localhost:{Ports.Free()}"));
        await Assert.ThrowsAsync<RedisUnavailableException>(
            () => client.ExecuteAsync(new RedisCommand("PING"), Cancel).WaitAsync(TimeSpan.FromSeconds(10), Cancel));
    }

    private static ShardBatch Batch(string producer, long number, string card)
    {
        var batch = new ShardBatch(StableHash.ShardOf(card, 16), largestFrame: 1, producer);
        batch.Add(number, [], TestTransactions.Valid($"p-{number}", card), TestTransactions.Noon);
        return batch;
    }

    private static LogMessage Message(string id, string card) =>
        new([TestTransactions.Valid(id, card)], IsHistory: false, TestTransactions.Noon, TraceParent: null);
}

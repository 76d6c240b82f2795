using Aegis.Core.Facts;
using Aegis.Core.Transactions;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Streams.Redis;

namespace Aegis.Tests.Streams.Appending;

public sealed class ShardBatchTests
{
    [Fact]
    public void Commands_AppendFramesWithHistoryFirst_AndTheRecordLast()
    {
        var batch = new ShardBatch(1, largestFrame: 2, "me");
        batch.Add(4, [Payment("old-1"), Payment("old-2")], Payment("t-4"), TestTransactions.Noon);
        batch.Add(7, [], Payment("t-7"), TestTransactions.Noon);
        batch.Add(9, [], Payment("t-9"), TestTransactions.Noon);
        Assert.Equal(1, batch.Shard);
        Assert.Equal([4, 7, 9], batch.Numbers);

        var commands = batch.Commands(ProducerProgress.Of(["3", "2 5"]));
        Assert.Equal(["XADD", "XADD", "XADD", "SET"], commands.Select(command => command.Name));
        Assert.Equal(["old-1 old-2 history", "t-4 t-7", "t-9"], commands.SkipLast(1).Select(Said));
        // All up to 3 are in some log; of the later ones this shard has 5 and what it gets now.
        Assert.Equal("3 5 4 7 9", commands[^1].Arguments[1]);
        Assert.Equal("aegis:producer:{1}:me", commands[^1].Arguments[0].ToString());
    }

    [Fact]
    public void Commands_OfABarrier_StandBetweenTheItemsAroundIt()
    {
        var batch = new ShardBatch(0, largestFrame: 100, "me");
        batch.Add(1, [], Payment("t-1"), TestTransactions.Noon);
        batch.Add(new FactBarrier(60_000, 0));
        batch.Add(2, [], Payment("t-2"), TestTransactions.Noon);
        Assert.Equal(
            ["t-1", """{"kind":"facts","intervalEnd":60000,"reads":0}""", "t-2"],
            batch.Commands(ProducerProgress.Of(["0"])).SkipLast(1).Select(Said));
    }

    [Fact]
    public void Commands_OfABatchThatTheShardHas_AreItsRecordAlone()
    {
        var batch = new ShardBatch(0, largestFrame: 100, "me");
        batch.Add(4, [], Payment("t-4"), TestTransactions.Noon);
        batch.Add(6, [], Payment("t-6"), TestTransactions.Noon);
        var command = Assert.Single(batch.Commands(ProducerProgress.Of(["3 4 6"])));
        Assert.Equal(("SET", "3 4 6"), (command.Name, command.Arguments[1]));
        // Half of it is none of it: the last number counts.
        Assert.Equal(2, batch.Commands(ProducerProgress.Of(["3 4"])).Count);
    }

    private static Transaction Payment(string id) => TestTransactions.Valid(id);

    private static string Said(RedisCommand command)
    {
        if ((string)command.Arguments[2] == "control")
        {
            return System.Text.Encoding.UTF8.GetString((byte[])command.Arguments[3]);
        }

        Assert.Equal(("*", "b"), (command.Arguments[1], command.Arguments[2]));
        var message = MessageCodec.Decode((byte[])command.Arguments[3]);
        Assert.Equal("me", message.Producer);
        return string.Join(' ', message.Transactions.Select(transaction => transaction.Id)) + (message.IsHistory ? " history" : "");
    }
}

using System.Text;
using Aegis.Core.Numerics;
using Aegis.Streams;

namespace Aegis.Tests.Streams;

public sealed class StreamKeysTests
{
    [Fact]
    public void Keys_OfOneShard_ShareItsHashTag()
    {
        Assert.Equal("aegis:tx:{7}", (string?)StreamKeys.Log(7));
        Assert.Equal("aegis:lease:{7}", (string?)StreamKeys.Lease(7));
        Assert.Equal("aegis:producer:{7}:me", (string?)StreamKeys.Producer(7, "me"));
        Assert.Equal(("aegis:replies:i", "aegis:run:me:r"), ((string?)StreamKeys.Replies("i"), (string?)StreamKeys.ProducerRun("me", "r")));
    }

    [Theory]
    [InlineData("aegis:tx:{0}", 0)]
    [InlineData("aegis:tx:{63}", 63)]
    [InlineData("tenant:aegis:tx:{12}", 12)]
    public void TryReadShard_OfALog_IsItsNumber(string key, int expected) =>
        Assert.True(StreamKeys.TryReadShard(Encoding.ASCII.GetBytes(key), out var shard) && shard == expected);

    [Theory]
    [InlineData("")]
    [InlineData("aegis:tx:{}")]
    [InlineData("aegis:tx:{x}")]
    [InlineData("aegis:lease:{3}")]
    [InlineData("aegis:tx:3")]
    public void TryReadShard_OfAnythingElse_IsFalse(string key) =>
        Assert.False(StreamKeys.TryReadShard(Encoding.ASCII.GetBytes(key), out _));

    [Fact]
    public void LogOf_ATransaction_IsThatOfItsCardsShard()
    {
        for (var i = 0; i < 50; i++)
        {
            var shard = StableHash.ShardOf($"card-{i}", 16);
            Assert.Equal(StreamKeys.Log(shard), StreamKeys.LogOf(TestTransactions.Valid(card: $"card-{i}"), 16));
        }
    }
}

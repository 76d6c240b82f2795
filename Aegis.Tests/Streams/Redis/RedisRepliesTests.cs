using Aegis.Streams.Redis;
using StackExchange.Redis;

namespace Aegis.Tests.Streams.Redis;

public sealed class RedisRepliesTests
{
    private static readonly RedisResult Null = RedisResult.Create(RedisValue.Null);
    private static readonly RedisResult NullArray = RedisResult.Create((RedisResult[])null!);

    [Fact]
    public void Pairs_OfAMapOrAnArrayOfPairs_AreTheSame()
    {
        var map = RedisResult.Create([Of("a"), Of("1"), Of("b"), Of("2")], ResultType.Map);
        var array = RedisResult.Create([RedisResult.Create([Of("a"), Of("1")]), RedisResult.Create([Of("b"), Of("2")])]);
        Assert.All(new[] { map, array }, reply => Assert.Equal(
            [("a", "1"), ("b", "2")], reply.Pairs().Select(pair => (pair.Key.Text(), pair.Value.Text()))));
        Assert.Empty(RedisResult.Create(System.Array.Empty<RedisResult>()).Pairs());
        Assert.Empty(Null.Pairs());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Pairs_OfAnArrayOfAnythingElse_AreRefused(int length)
    {
        var reply = RedisResult.Create([RedisResult.Create([.. Enumerable.Repeat(Of("a"), length)])]);
        Assert.Equal(
            "A reply has something else where a pair of values belongs.",
            Assert.Throws<RedisProtocolException>(() => reply.Pairs().ToList()).Message);
    }

    [Fact]
    public void ItemsTextAndBytes_OfNull_AreEmpty()
    {
        Assert.Empty(NullArray.Items());
        Assert.Empty(Null.Items());
        Assert.Equal(("", 0), (Null.Text(), Null.Bytes().Length));
        Assert.Equal("a", Assert.Single(RedisResult.Create([Of("a")]).Items()).Text());
        Assert.Equal([0xff, 0], RedisResult.Create((RedisValue)new byte[] { 0xff, 0 }).Bytes());
    }

    private static RedisResult Of(string text) => RedisResult.Create((RedisValue)text);
}

using Aegis.Streams.Redis;
using Aegis.TestRig.Servers;

namespace Aegis.Tests.Streams.Redis;

public sealed class RedisTrialTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FaultAsync_OfARedisThatAnswers_IsNull() =>
        Assert.Null(await RedisTrial.FaultAsync(redis.ConnectionString, Cancel));

    [Theory]
    [InlineData(",password=wrong")]
    [InlineData("")]
    public async Task FaultAsync_OfAWrongOrMissingPassword_SaysSoWithoutIt(string password)
    {
        var address = redis.ConnectionString.Split(',')[0];
        Assert.Equal(
            $"Redis at {address} refuses the login: user or password of the connection string are wrong or missing.",
            await RedisTrial.FaultAsync(address + password, Cancel));
    }

    [Fact]
    public async Task FaultAsync_OfAnAddressWhereNobodyListens_SaysSo()
    {
        var address = $"localhost:{Ports.Free()}";
        Assert.Equal(
            $"Redis at {address} cannot be reached: nothing listens there, or the network is in between.",
            await RedisTrial.FaultAsync(address, Cancel));
    }

    [Fact]
    public async Task FaultAsync_OfAWrongConnectionString_Throws() =>
        await Assert.ThrowsAsync<FormatException>(() => RedisTrial.FaultAsync("localhost", Cancel));
}

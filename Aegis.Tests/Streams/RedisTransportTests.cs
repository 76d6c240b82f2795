using Aegis.Streams.Redis;
using Aegis.TestRig.Servers;

namespace Aegis.Tests.Streams;

public sealed class RedisTransportTests(TlsFixture server) : IClassFixture<TlsFixture>
{
    private const string User = TlsFixture.User;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("protocol=resp3")]
    [InlineData("protocol=resp2")]
    public async Task Execute_OverTls_OfCertificateWithTheNameAndOwnAuthority_Works(string protocol)
    {
        await using var client = PrivateRedis.Connect(
            $"127.0.0.1:{server.TlsPort},ssl=true,sslHost=redis.internal,sslCa={server.Authority},{User},{protocol}");
        var payload = new string('x', 1_000_000);
        Assert.Equal(payload, (await client.ExecuteAsync(new RedisCommand("ECHO", payload), Cancel)).Text());
    }

    [Theory]
    [InlineData("")]
    [InlineData(",sslHost=another.name")]
    public async Task Execute_OverTls_OfAnotherNameOrUnknownAuthority_Fails(string name)
    {
        var authority = name.Length > 0 ? $",sslCa={server.Authority}" : ",sslHost=redis.internal";
        await FailAsync($"127.0.0.1:{server.TlsPort},ssl=true{name}{authority},{User}");
    }

    [Fact]
    public Task Execute_OverTls_ToPortWithout_Fails() => FailAsync($"127.0.0.1:{server.Port},ssl=true,sslCa={server.Authority},{User}");

    [Fact]
    public Task Execute_Plain_ToTlsPort_Fails() => FailAsync($"127.0.0.1:{server.TlsPort},{User}");

    [Theory]
    [InlineData("protocol=resp3")]
    [InlineData("protocol=resp2")]
    public async Task Execute_OverUnixSocketAsAclUser_Works(string protocol)
    {
        await using var client = PrivateRedis.Connect($"unix:{server.Socket},{User},{protocol}");
        Assert.Equal("aegis", (await client.ExecuteAsync(new RedisCommand("ACL", "WHOAMI"), Cancel)).Text());
    }

    [Theory]
    [InlineData("")]
    [InlineData(",user=aegis,password=wrong")]
    public async Task Execute_WithoutTheRightLogin_IsRefusedInTime(string login)
    {
        await using var client = PrivateRedis.Connect($"unix:{server.Socket}{login}");
        await Assert.ThrowsAnyAsync<RedisException>(
            () => client.ExecuteAsync(new RedisCommand("PING"), Cancel).WaitAsync(TimeSpan.FromSeconds(10), Cancel));
    }

    private static async Task FailAsync(string connection)
    {
        await using var client = PrivateRedis.Connect(connection);
        var error = await Assert.ThrowsAsync<RedisUnavailableException>(
            () => client.ExecuteAsync(new RedisCommand("PING"), Cancel).WaitAsync(TimeSpan.FromSeconds(10), Cancel));
        Assert.False(error.MayHaveRun);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }
}

using Aegis.Benchmarks.EndToEnd;
using Aegis.Streams.Redis;

namespace Aegis.Tests.Streams;

public sealed class RedisTransportTests(TlsFixture server) : IClassFixture<TlsFixture>
{
    private const string User = TlsFixture.User;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("protocol=3")]
    [InlineData("protocol=2")]
    public async Task Execute_OverTls_OfCertificateWithTheNameAndOwnAuthority_Works(string protocol)
    {
        await using var client = PrivateRedis.Connect($"127.0.0.1:{server.TlsPort},ssl=true,sslHost=redis.internal,sslCa={server.Authority},{User},{protocol}");
        var payload = new string('x', 1_000_000);
        Assert.Equal(payload, (await client.ExecuteAsync(new RedisCommand("ECHO", payload), Cancel)).Text);
    }

    [Fact]
    public async Task Execute_OverTls_OfAnotherName_FailsAndSaysSo() =>
        Assert.Contains("RemoteCertificateNameMismatch", await ErrorOf($"127.0.0.1:{server.TlsPort},ssl=true,sslCa={server.Authority},{User}"), StringComparison.Ordinal);

    [Fact]
    public async Task Execute_OverTls_OfUnknownAuthority_FailsAndSaysSo() =>
        Assert.Contains("errors in the certificate chain", await ErrorOf($"127.0.0.1:{server.TlsPort},ssl=true,sslHost=redis.internal,{User}"), StringComparison.Ordinal);

    [Fact]
    public async Task Execute_OverTls_WhereAuthorityFileIsMissing_NamesIt() =>
        Assert.Contains("/nowhere.pem", await ErrorOf($"127.0.0.1:{server.TlsPort},ssl=true,sslCa=/nowhere.pem,{User}"), StringComparison.Ordinal);

    [Fact]
    public async Task Execute_OverTls_ToPortWithout_Fails() =>
        Assert.Contains($"Redis at 127.0.0.1:{server.Port}", await ErrorOf($"127.0.0.1:{server.Port},ssl=true,sslCa={server.Authority},{User}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("protocol=3")]
    [InlineData("protocol=2")]
    public async Task Execute_OverUnixSocket_Works(string protocol)
    {
        await using var client = PrivateRedis.Connect($"unix:{server.Socket},{User},{protocol}");
        Assert.Equal("aegis", (await client.ExecuteAsync(new RedisCommand("ACL", "WHOAMI"), Cancel)).Text);
    }

    [Theory]
    [InlineData("protocol=3")]
    [InlineData("protocol=2")]
    public async Task Execute_WithoutLogin_IsRefused(string protocol)
    {
        await using var client = PrivateRedis.Connect($"unix:{server.Socket},{protocol}");
        Assert.Contains("NOAUTH", (await Assert.ThrowsAsync<RedisErrorException>(() => client.ExecuteAsync(new RedisCommand("PING"), Cancel))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_WhereServerRefusesHello_FallsBackToResp2()
    {
        var port = Ports.Free();
        await using var old = PrivateRedis.Launch(port, $"localhost:{port},password=secret,protocol=2", server.Folder, "--requirepass", "secret", "--rename-command", "HELLO", "");
        await old.AnswerAsync();
        await using var client = PrivateRedis.Connect($"localhost:{port},password=secret");
        await client.ExecuteAsync(new RedisCommand("HSET", "h", "f", "v"), Cancel);
        Assert.Equal(RespKind.Array, (await client.ExecuteAsync(new RedisCommand("HGETALL", "h"), Cancel)).Kind);
    }

    [Fact]
    public async Task Execute_ByDefault_SpeaksResp3()
    {
        await using var client = PrivateRedis.Connect($"unix:{server.Socket},{User}");
        await client.ExecuteAsync(new RedisCommand("HSET", "h", "f", "v"), Cancel);
        Assert.Equal(RespKind.Map, (await client.ExecuteAsync(new RedisCommand("HGETALL", "h"), Cancel)).Kind);
    }

    private static async Task<string> ErrorOf(string connection)
    {
        await using var client = PrivateRedis.Connect(connection);
        return (await Assert.ThrowsAsync<RedisUnavailableException>(() => client.ExecuteAsync(new RedisCommand("PING"), Cancel).WaitAsync(TimeSpan.FromSeconds(10), Cancel))).Message;
    }
}

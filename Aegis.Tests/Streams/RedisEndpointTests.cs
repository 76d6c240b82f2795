using Aegis.Streams.Redis;

namespace Aegis.Tests.Streams;

public sealed class RedisEndpointTests
{
    [Theory]
    [InlineData("localhost:6390,password=a=b", "localhost", 6390, "a=b")]
    [InlineData("redis.internal:7000", "redis.internal", 7000, null)]
    [InlineData("[::1]:7000,abortConnect=false,connectTimeout=5000", "::1", 7000, null)]
    [InlineData("unix:/run/redis.sock,password=p", "/run/redis.sock", 0, "p")]
    public void Parse_ReadsAspiresForm(string text, string host, int port, string? password)
    {
        var endpoint = RedisEndpoint.Parse(text);
        Assert.Equal((host, port, password), (endpoint.Host, endpoint.Port, endpoint.Password));
        Assert.DoesNotContain("password", endpoint.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_OfEveryOption_TakesThemAll()
    {
        var endpoint = RedisEndpoint.Parse("a:1,b:2,user=u,password=p,ssl=true,sslHost=redis.internal,sslCa=/ca.pem,protocol=2,cluster=true");
        Assert.Equal(("a", 1, "u", "p"), (endpoint.Host, endpoint.Port, endpoint.User, endpoint.Password));
        Assert.Equal((true, "redis.internal", "/ca.pem", 2, true), (endpoint.IsTls, endpoint.TlsHost, endpoint.TlsAuthorityPath, endpoint.Protocol, endpoint.IsCluster));
        Assert.Equal("a:1,b:2", endpoint.ToString());
    }

    [Theory]
    [InlineData("localhost", "host:port")]
    [InlineData("localhost:99999", "host:port")]
    [InlineData("unix:relative", "unix:/path")]
    [InlineData("", "no address")]
    [InlineData("password=p", "no address")]
    [InlineData("localhost:1,ssl=perhaps", "'ssl=perhaps'; allowed for ssl: true or false")]
    [InlineData("localhost:1,protocol=4", "'protocol=4'; allowed for protocol: 2 or 3")]
    [InlineData("localhost:1,sslCa=", "'sslCa='; allowed for sslCa: not empty")]
    [InlineData("localhost:1,defaultDatabase=3", "unknown option 'defaultDatabase=3'; allowed: user, password")]
    [InlineData("localhost:1,localhost:2", "2 addresses; allowed: one, or several host:port with cluster=true")]
    public void Parse_OfOtherForms_SaysWhatIsAllowed(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => RedisEndpoint.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_OfPasswordWithComma_DoesNotShowItsRest() =>
        Assert.DoesNotContain("cret", Assert.Throws<FormatException>(() => RedisEndpoint.Parse("localhost:1,password=se,cret")).Message, StringComparison.Ordinal);
}

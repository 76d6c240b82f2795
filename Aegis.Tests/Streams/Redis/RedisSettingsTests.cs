using System.Net;
using System.Net.Sockets;
using Aegis.Streams.Redis;

namespace Aegis.Tests.Streams.Redis;

public sealed class RedisSettingsTests
{
    [Theory]
    [InlineData("localhost:6390,password=a=b", "a=b")]
    [InlineData("redis.internal:7000", null)]
    [InlineData("[::1]:7000,abortConnect=false,connectTimeout=5000", null)]
    public void Parse_ReadsAspiresForm(string text, string? password)
    {
        var options = RedisSettings.Parse(text);
        Assert.Equal(password, options.Password);
        Assert.Single(options.EndPoints);
        Assert.False(options.AbortOnConnectFail);
    }

    [Fact]
    public void Parse_OfEveryOption_TakesThemAll()
    {
        var options = RedisSettings.Parse("a:1,b:2,user=u,password=p,ssl=true,sslHost=redis.internal,protocol=resp2,cluster=true");
        Assert.Equal([new DnsEndPoint("a", 1), new DnsEndPoint("b", 2)], options.EndPoints);
        Assert.Equal(("u", "p", true, "redis.internal"), (options.User, options.Password, options.Ssl, options.SslHost));
    }

    [Fact]
    public void Parse_OfUnixSocket_TakesIt() =>
        Assert.Equal("/run/redis.sock", Assert.IsType<UnixDomainSocketEndPoint>(
            Assert.Single(RedisSettings.Parse("unix:/run/redis.sock,password=p").EndPoints)).ToString());

    [Theory]
    [InlineData("localhost", "host:port")]
    [InlineData("localhost:99999", "host:port")]
    [InlineData("unix:relative", "unix:/path")]
    [InlineData("", "no address")]
    [InlineData("password=p", "no address")]
    [InlineData("localhost:1,ssl=perhaps", "ssl")]
    [InlineData("localhost:1,sslCa=/nowhere.pem", "'sslCa=/nowhere.pem', which does not exist")]
    [InlineData("localhost:1,noSuchOption=3", "noSuchOption")]
    public void Parse_OfOtherForms_SaysWhatIsAllowed(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => RedisSettings.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_OfAnUnknownOption_NamesEveryFormOfOurOwn() => Assert.EndsWith(
        "not known: noSuchOption; allowed: the options of StackExchange.Redis, unix:/path/to.sock, sslCa=FILE and cluster=true.",
        Assert.Throws<FormatException>(() => RedisSettings.Parse("localhost:1,noSuchOption=3")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("localhost:1,password=se,cret")]
    [InlineData("localhost:1,password=secret,noSuchOption=cret")]
    public void Parse_OfWrongString_ShowsNoPassword(string text) =>
        Assert.DoesNotContain("cret", Assert.Throws<FormatException>(() => RedisSettings.Parse(text)).Message, StringComparison.Ordinal);
}

using Aegis.Streams.Redis;
using StackExchange.Redis;
using RedisException = Aegis.Streams.Redis.RedisException;

namespace Aegis.Tests.Streams.Redis;

public sealed class RedisFaultsTests
{
    [Theory]
    [InlineData("LOADING Redis is loading the dataset in memory")]
    [InlineData("CLUSTERDOWN Hash slot not served")]
    [InlineData("TRYAGAIN Multiple keys request during rehashing of slot")]
    [InlineData("MASTERDOWN Link with MASTER is down")]
    [InlineData("READONLY You can't write against a read only replica.")]
    [InlineData("NOREPLICAS Not enough good replicas to write.")]
    public void Translate_OfAServerThatWillTakeItLater_IsUnavailableAndDidNotRun(string reply)
    {
        var fault = Refused(reply);
        var translated = Assert.IsType<RedisUnavailableException>(RedisFaults.Translate(fault));
        Assert.Equal($"Redis takes no commands for now: {reply}", translated.Message);
        Assert.False(translated.MayHaveRun);
        Assert.Same(fault, translated.InnerException);
    }

    [Theory]
    [InlineData("ERR no such key")]
    [InlineData("ERR LOADING elsewhere")]
    [InlineData("LOADINGS")]
    public void Translate_OfAnyOtherError_IsRefused(string reply) => Assert.Equal(
        (typeof(RedisErrorException), $"Redis refused a command: {reply}"), Said(Refused(reply)));

    [Theory]
    [InlineData("WRONGPASS invalid username-password pair")]
    [InlineData("NOAUTH Authentication required.")]
    [InlineData("ERR invalid password")]
    public void Translate_OfAWrongLogin_SaysWhereToLook(string reason)
    {
        const string Message =
            "Redis refused the login; check user and password in the connection string (WRONGPASS or NOAUTH).";
        Assert.Equal(
            (typeof(RedisErrorException), Message), Said(Broken(reason)));
        var inner = new InvalidOperationException("outer", new InvalidOperationException(reason));
        Assert.Equal(
            (typeof(RedisErrorException), Message),
            Said(Broken("It was not possible to connect", inner)));
        Assert.True(RedisFaults.IsRefusedLogin(inner));
    }

    [Fact]
    public void IsRefusedLogin_OfAnythingElse_IsFalse()
    {
        Assert.False(RedisFaults.IsRefusedLogin(null));
        Assert.False(RedisFaults.IsRefusedLogin(new InvalidOperationException("a wrong certificate", new InvalidOperationException("x"))));
    }

    [Theory]
    [InlineData("No connection is available, mc: 1/1/0, mgr: 10", null, "No connection is available")]
    [InlineData("No connection is available; mc: 1", null, "No connection is available")]
    [InlineData("No connection", null, "No connection")]
    [InlineData("No connection", "refused, v: 2", "No connection refused")]
    public void Translate_OfAConnectionThatIsGone_LeavesTheLibrarysCountersOut(string message, string? inner, string expected) =>
        Assert.Equal(
            (typeof(RedisUnavailableException), $"Redis cannot be reached: {expected}"),
            Said(Broken(message, inner is null ? null : new InvalidOperationException(inner))));

    [Theory]
    [InlineData(CommandStatus.WaitingToBeSent, false)]
    [InlineData(CommandStatus.WaitingInBacklog, false)]
    [InlineData(CommandStatus.Sent, true)]
    [InlineData(CommandStatus.Unknown, true)]
    public void Translate_OfABreakOrATimeout_TellsWhetherTheCommandMayHaveRun(CommandStatus status, bool mayHaveRun)
    {
        var connection = RedisFaults.Translate(Broken("closed", status: status));
        Assert.Equal(mayHaveRun, Assert.IsType<RedisUnavailableException>(connection).MayHaveRun);
        var late = new RedisTimeoutException(CommandFlags.None, "late, mc: 1", status);
        var timeout = Assert.IsType<RedisUnavailableException>(RedisFaults.Translate(late));
        Assert.Equal(("Redis did not answer in time.", mayHaveRun), (timeout.Message, timeout.MayHaveRun));
    }

    [Fact]
    public void Translate_OfOtherFaults_KnowsThoseOfRedisAlone()
    {
        Assert.Equal(
            (typeof(RedisErrorException), "A command cannot be sent to Redis: not allowed"),
            Said(new RedisCommandException("not allowed, x")));
        Assert.Equal(
            (typeof(RedisUnavailableException), "The connection to Redis was closed."), Said(new ObjectDisposedException("connection")));
        Assert.Null(RedisFaults.Translate(new InvalidOperationException("WRONGPASS")));
        var ours = new RedisProtocolException("x");
        Assert.Same(ours, RedisFaults.Translate(ours));
    }

    private static RedisServerException Refused(string reply) => new(RedisErrorKind.Unknown, CommandFlags.None, reply);

    private static RedisConnectionException Broken(string message, Exception? inner = null, CommandStatus status = CommandStatus.Unknown) =>
        new(ConnectionFailureType.SocketFailure, CommandFlags.None, message, inner, status);

    private static (Type Type, string Message) Said(Exception fault)
    {
        RedisException translated = RedisFaults.Translate(fault)!;
        return (translated.GetType(), translated.Message);
    }
}

using Aegis.Streams.Redis;

namespace Aegis.Tests.Streams.Redis;

public sealed class RedisExceptionsTests
{
    [Theory]
    [InlineData("OOM command not allowed when used memory > 'maxmemory'.")]
    [InlineData("EXECABORT Transaction discarded because of: OOM command not allowed when used memory > 'maxmemory'.")]
    public void Of_AFullMemory_SaysWhatToDo(string reply) => Assert.Equal(
        "Redis has reached its maxmemory and takes no writes: raise the limit, or see in the log why it is not trimmed " +
        "(OOM command not allowed when used memory > 'maxmemory'.).",
        Assert.IsType<RedisFullException>(RedisErrorException.Of(reply)).Message);

    [Theory]
    [InlineData("MISCONF Errors writing to the AOF file: No space left on device")]
    [InlineData("EXECABORT Transaction discarded because of: MISCONF Errors writing to the AOF file: No space left on device")]
    public void Of_AFullDisk_SaysWhatToDo(string reply) => Assert.Equal(
        "Redis cannot write its append-only file and takes no writes: free space on its disk " +
        "(MISCONF Errors writing to the AOF file: No space left on device).",
        Assert.IsType<RedisFullException>(RedisErrorException.Of(reply)).Message);

    [Theory]
    [InlineData("ERR unknown command 'X'")]
    [InlineData("OOMPH is no memory")]
    [InlineData("ERR OOM in the middle")]
    [InlineData("EXECABORT Transaction discarded because of previous errors.")]
    [InlineData("EXECABORT Transaction discarded because of: WRONGTYPE")]
    public void Of_AnyOtherReply_ShowsAllOfIt(string reply)
    {
        var refusal = RedisErrorException.Of(reply);
        Assert.Equal((typeof(RedisErrorException), $"Redis refused a command: {reply}"), (refusal.GetType(), refusal.Message));
    }

    [Fact]
    public void AnUnavailableRedis_MayHaveRunTheCommandUnlessItIsKnown()
    {
        Assert.True(new RedisUnavailableException("x").MayHaveRun);
        var cause = new InvalidOperationException();
        Assert.Same(cause, new RedisUnavailableException("x", cause) { MayHaveRun = false }.InnerException);
    }
}

using Aegis.Streams.Redis;

namespace Aegis.Tests.Streams;

public sealed class CommandKeysTests
{
    [Theory]
    [InlineData("XADD {k} * b x")]
    [InlineData("XREAD COUNT 5 BLOCK 100 STREAMS {k} 0")]
    [InlineData("xread streams a{k} b{k} 0 0")]
    [InlineData("XREADGROUP GROUP g c STREAMS {k} >")]
    [InlineData("XINFO STREAM {k}")]
    [InlineData("EVAL script 1 {k} a")]
    [InlineData("XGROUP CREATE {k} g $")]
    public void SlotOf_CommandWithKey_IsThatOfTheKey(string command) => Assert.Equal(HashSlot.Of("k"u8), CommandKeys.SlotOf(new RedisCommand(command.Split(' '))));

    [Theory]
    [InlineData("PING")]
    [InlineData("WAIT 1 100")]
    [InlineData("multi")]
    public void SlotOf_CommandWithoutKey_IsNull(string command) => Assert.Null(CommandKeys.SlotOf(new RedisCommand(command.Split(' '))));

    [Fact]
    public void SlotOf_StreamsOfSeveralSlots_SaysWhatIsAllowed() =>
        Assert.Contains("hash tag", Assert.Throws<RedisErrorException>(() => CommandKeys.SlotOf(new RedisCommand("XREAD", "STREAMS", "{1}", "{2}", "0", "0"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Split_OfBatch_KeepsBlocksTogether()
    {
        RedisCommand[] batch = [new("GET", "{1}"), new("MULTI"), new("SET", "{2}a", "v"), new("GET", "{2}b"), new("EXEC"), new("PING"), new("GET", "{3}")];
        Assert.Equal(
            [(0, 1, HashSlot.Of("1"u8)), (1, 4, HashSlot.Of("2"u8)), (5, 1, HashSlot.Of("2"u8)), (6, 1, HashSlot.Of("3"u8))],
            RoutedUnit.Split(batch).Select(unit => (unit.First, unit.Count, unit.Slot!.Value)));
    }

    [Fact]
    public void Split_OfBlockOverSeveralSlots_IsRefused() =>
        Assert.Throws<RedisErrorException>(() => RoutedUnit.Split([new("MULTI"), new("SET", "{1}", "v"), new("SET", "{2}", "v"), new("EXEC")]));
}

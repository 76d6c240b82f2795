using System.Text;
using Aegis.Streams.Redis;

namespace Aegis.Tests.Streams;

public sealed class HashSlotTests
{
    // The check value of CRC16/XMODEM, as the Redis Cluster specification gives it: 31C3.
    [Fact]
    public void Of_CheckString_IsTheSpecifiedValue() => Assert.Equal(0x31C3, HashSlot.Of("123456789"u8));

    [Theory]
    [InlineData("{user1000}.following", "user1000")]
    [InlineData("foo{{bar}}zap", "{bar")]
    [InlineData("foo{bar}{zap}", "bar")]
    [InlineData("aegis:tx:{7}", "7")]
    public void Of_KeyWithHashTag_IsThatOfTheTag(string key, string tag) => Assert.Equal(Of(tag), Of(key));

    [Theory]
    [InlineData("foo{}{bar}")]
    [InlineData("foo{bar")]
    public void Of_KeyWithoutWholeTag_IsThatOfTheKey(string key) => Assert.NotEqual(Of("bar"), Of(key));

    private static int Of(string key) => HashSlot.Of(Encoding.UTF8.GetBytes(key));
}

using Aegis.Streams.Entries;

namespace Aegis.Tests.Streams.Entries;

public sealed class UnixTimeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(1_700_000_000_123_456)]
    [InlineData(253_402_300_799_999_999)]
    public void Microseconds_GoThereAndBack(long microseconds) =>
        Assert.Equal(microseconds, UnixTime.ToMicroseconds(UnixTime.FromMicroseconds(microseconds)));

    [Fact]
    public void ToMicroseconds_CutsWhatIsFiner_AndMindsTheOffset()
    {
        var time = new DateTimeOffset(1970, 1, 1, 1, 0, 1, TimeSpan.FromHours(1)).AddTicks(19);
        Assert.Equal(1_000_001, UnixTime.ToMicroseconds(time));
        Assert.Equal(new DateTimeOffset(1970, 1, 1, 0, 0, 1, TimeSpan.Zero).AddTicks(10), UnixTime.FromMicroseconds(1_000_001));
    }
}

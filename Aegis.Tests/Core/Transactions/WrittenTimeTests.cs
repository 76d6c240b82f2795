using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Transactions;

public sealed class WrittenTimeTests
{
    [Theory]
    [InlineData("2026-03-01T12:00:00Z", "2026-03-01T12:00:00.0000000+00:00")]
    [InlineData("2026-03-01T12:00:34.123456789Z", "2026-03-01T12:00:34.1230000+00:00")]
    [InlineData("2026-03-01T12:00:34.9999Z", "2026-03-01T12:00:34.9990000+00:00")]
    [InlineData("2026-03-01T12:00:34.5Z", "2026-03-01T12:00:34.5000000+00:00")]
    [InlineData("2026-03-01T12:00:34,25Z", "2026-03-01T12:00:34.2500000+00:00")]
    [InlineData("2026-03-01T14:00:00+02", "2026-03-01T12:00:00.0000000+00:00")]
    [InlineData("2026-03-01T14:00:00+0200", "2026-03-01T12:00:00.0000000+00:00")]
    [InlineData("2026-03-01T14:30:00+02:30", "2026-03-01T12:00:00.0000000+00:00")]
    [InlineData("2026-03-01T06:30:00-05:30", "2026-03-01T12:00:00.0000000+00:00")]
    [InlineData("2026-03-01t12:00:00z", "2026-03-01T12:00:00.0000000+00:00")]
    [InlineData("2026-03-01 12:00:00Z", "2026-03-01T12:00:00.0000000+00:00")]
    [InlineData("2026-03-01 12:00:00 +0000", "2026-03-01T12:00:00.0000000+00:00")]
    [InlineData("2026-03-01T12:00Z", "2026-03-01T12:00:00.0000000+00:00")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000+00:00")]
    [InlineData("2024-02-29T23:59:59.999+14:00", "2024-02-29T09:59:59.9990000+00:00")]
    public void TryParse_OfAWrittenTime_GivesTheMoment(string text, string expected)
    {
        Assert.True(WrittenTime.TryParse(text, out var time));
        Assert.Equal(expected, time.ToString("O"));
    }

    [Theory]
    [InlineData("2026-03-01T12:00:00")]
    [InlineData("2026-03-01")]
    [InlineData("2026-3-1T12:00:00Z")]
    [InlineData("2026-02-29T12:00:00Z")]
    [InlineData("2026-03-01T24:00:00Z")]
    [InlineData("2026-03-01T12:60:00Z")]
    [InlineData("2026-03-01T12:00:00+15:00")]
    [InlineData("2026-03-01T12:00:00+02:60")]
    [InlineData("2026-03-01T12:00:00.Z")]
    [InlineData("2026-03-01T12:00:00Z\n")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("２026-03-01T12:00:00Z")]
    [InlineData("1772366400")]
    [InlineData("")]
    public void TryParse_OfOtherText_IsFalse(string text) => Assert.False(WrittenTime.TryParse(text, out DateTimeOffset _));

    [Fact]
    public void TryParse_WithoutAnOffset_SaysThatNoneIsWritten()
    {
        Assert.True(WrittenTime.TryParse("2026-03-01 12:00:00.5", out var local, out var offset));
        Assert.Equal(new DateTime(2026, 3, 1, 12, 0, 0, 500), local);
        Assert.Null(offset);
    }
}

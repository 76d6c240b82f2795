using System.Text;
using System.Text.Json;
using Aegis.Core.Decisions;

namespace Aegis.Tests.Core.Decisions;

public sealed class LogPositionTests
{
    [Theory]
    [InlineData("1700000000000-3", 1_700_000_000_000, 3)]
    [InlineData("0-0", 0, 0)]
    [InlineData("9223372036854775807-9223372036854775807", long.MaxValue, long.MaxValue)]
    public void TryParse_OfWhatToStringWrites_GivesItBack(string text, long milliseconds, long sequence)
    {
        var position = new LogPosition(milliseconds, sequence);
        Assert.Equal(text, position.ToString());
        Assert.True(LogPosition.TryParse(text, out var parsed) && parsed == position);
        Assert.True(LogPosition.TryParse(Encoding.ASCII.GetBytes(text), out parsed) && parsed == position);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1700000000000")]
    [InlineData("1700000000000-")]
    [InlineData("-3")]
    [InlineData("1-3x")]
    [InlineData("x-3")]
    [InlineData("1x3")]
    [InlineData("9223372036854775808-0")]
    [InlineData("0-9223372036854775808")]
    public void TryParse_OfAnythingElse_IsFalse(string text)
    {
        Assert.False(LogPosition.TryParse(text, out var position));
        Assert.Equal(default, position);
        Assert.False(LogPosition.TryParse(Encoding.ASCII.GetBytes(text), out position));
        Assert.Equal(default, position);
    }

    [Fact]
    public void Positions_AreOrderedByTimeThenNumber()
    {
        LogPosition[] rising = [LogPosition.Start, new(0, 1), new(1, 0), new(1, 5), new(2, 1), new(2, 2)];
        for (var a = 0; a < rising.Length; a++)
        {
            for (var b = 0; b < rising.Length; b++)
            {
                var (left, right) = (rising[a], rising[b]);
                Assert.Equal(Math.Sign(a.CompareTo(b)), Math.Sign(left.CompareTo(right)));
                Assert.Equal(a < b, left < right);
                Assert.Equal(a > b, left > right);
                Assert.Equal(a <= b, left <= right);
                Assert.Equal(a >= b, left >= right);
            }
        }
    }

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000Z")]
    [InlineData(-5, "1970-01-01T00:00:00.000Z")]
    [InlineData(1_700_000_000_123, "2023-11-14T22:13:20.123Z")]
    [InlineData(long.MaxValue, "9999-12-31T23:59:59.999Z")]
    public void AppendedAt_IsTheStamp_WithinTheCalendar(long milliseconds, string time) =>
        Assert.Equal(time, new LogPosition(milliseconds, 0).AppendedAt.ToString("yyyy-MM-ddTHH:mm:ss.fffZ"));

    [Fact]
    public void InJson_APositionIsItsText_AndAnythingElseIsRefused()
    {
        Assert.Equal("\"17-3\"", JsonSerializer.Serialize(new LogPosition(17, 3), AegisJson.Options));
        Assert.Equal(new LogPosition(17, 3), JsonSerializer.Deserialize<LogPosition>("\"17-3\"", AegisJson.Options));
        Assert.Contains(
            "1700000000000-0", Assert.Throws<JsonException>(
                () => JsonSerializer.Deserialize<LogPosition>("\"17\"", AegisJson.Options)).Message,
            StringComparison.Ordinal);
    }
}

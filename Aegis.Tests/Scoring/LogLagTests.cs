using Aegis.Scoring.Shards;
using Microsoft.Extensions.Time.Testing;

namespace Aegis.Tests.Scoring;

public sealed class LogLagTests
{
    private readonly FakeTimeProvider _time = new(TestTransactions.Noon);

    [Fact]
    public void Now_GrowsWhileTheOldestEntryWaits_AndEndsWithIt()
    {
        var lag = new LogLag(_time);
        Assert.Equal(TimeSpan.Zero, lag.Now);
        lag.Since = TestTransactions.Noon.AddSeconds(-2);
        Assert.Equal(TimeSpan.FromSeconds(2), lag.Now);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(5), lag.Now);
        lag.Since = null;
        Assert.Equal(TimeSpan.Zero, lag.Now);
    }

    [Fact]
    public void Now_OfAnEntryThatRedisStampedInTheFuture_IsZero() =>
        Assert.Equal(TimeSpan.Zero, new LogLag(_time) { Since = TestTransactions.Noon.AddSeconds(1) }.Now);
}

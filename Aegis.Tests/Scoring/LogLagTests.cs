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

    /// <summary>A backlog that is worked off lags, and does not stand.</summary>
    [Fact]
    public void Standing_GrowsWhileTheSameEntryWaits_AndBeginsAnewWithTheNext()
    {
        var lag = new LogLag(_time);
        Assert.Equal(TimeSpan.Zero, lag.Standing);
        for (var second = 0; second < 100; second++)
        {
            lag.Since = TestTransactions.Noon.AddSeconds(second - 1_000);
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(TimeSpan.FromSeconds(1), lag.Standing);
        }

        Assert.True(lag.Now > TimeSpan.FromSeconds(900));
        lag.Since = TestTransactions.Noon.AddSeconds(-901);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.FromSeconds(31), lag.Standing);
        lag.Since = null;
        Assert.Equal(TimeSpan.Zero, lag.Standing);
    }

    [Fact]
    public void Now_OfAnEntryThatRedisStampedInTheFuture_IsZero() =>
        Assert.Equal(TimeSpan.Zero, new LogLag(_time) { Since = TestTransactions.Noon.AddSeconds(1) }.Now);
}

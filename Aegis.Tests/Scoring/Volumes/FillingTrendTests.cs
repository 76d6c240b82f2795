using Aegis.Scoring.Volumes;
using Microsoft.Extensions.Time.Testing;

namespace Aegis.Tests.Scoring.Volumes;

public sealed class FillingTrendTests
{
    private const long MiB = 1 << 20;
    private const long Reserve = 512 * MiB;

    private readonly FakeTimeProvider _time = new();
    private readonly FillingTrend _trend;

    public FillingTrendTests() => _trend = new FillingTrend(_time);

    [Theory]
    [InlineData(60, 10)]
    [InlineData(137, 3)]
    [InlineData(360, 1)]
    [InlineData(3_000, 1)]
    public void TimeUntil_OfAVolumeThatFillsEvenly_IsTheRestOverTheRate(int minutes, int mebibytesPerMinute)
    {
        const int RestMinutes = 300;
        var atLast = Reserve + (RestMinutes * mebibytesPerMinute * MiB);
        Observe(minutes, minute => atLast + ((minutes - minute) * mebibytesPerMinute * MiB));
        Assert.Equal(RestMinutes, _trend.TimeUntil(Reserve)!.Value.TotalMinutes, tolerance: 2);
    }

    [Fact]
    public void TimeUntil_WithinTheFirstTenMinutes_IsUnknown_HoweverFastItFills()
    {
        for (var second = 0; second < FillingTrend.MinWindow.TotalSeconds; second++)
        {
            _trend.Add((10_000 - (10 * second)) * MiB);
            Assert.Null(_trend.TimeUntil(Reserve));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _trend.Add(4_000 * MiB);
        Assert.InRange(_trend.TimeUntil(Reserve)!.Value.TotalMinutes, 5, 7);
    }

    [Fact]
    public void TimeUntil_ReachesTwelveTimesAsFarAsTheWindow()
    {
        // It falls by 1 MiB a minute: an hour allows twelve.
        const int Minutes = 60;
        Observe(Minutes, minute => Reserve + ((11 * 60) + Minutes - minute) * MiB);
        Assert.Equal(11, _trend.TimeUntil(Reserve)!.Value.TotalHours, tolerance: 0.1);
        Assert.Null(_trend.TimeUntil(Reserve - (2 * 60 * MiB)));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(160)]
    public void TimeUntil_AfterOneLargeFile_IsUnknown(int atMinute) =>
        Observe(180, minute => (minute < atMinute ? 2_000 : 700) * MiB, () => Assert.Null(_trend.TimeUntil(Reserve)));

    [Fact]
    public void TimeUntil_WhileALogGrowsAndIsCutOff_IsUnknown()
    {
        // 600 MiB in 80 minutes, and then free again.
        Observe(6 * 60, minute => (1_200 - (minute % 80 * 600 / 80)) * MiB);
        Assert.Null(_trend.TimeUntil(Reserve));
    }

    [Fact]
    public void TimeUntil_WhileALogIsCutOffAboveAStoreThatGrows_FollowsTheStore()
    {
        const int Minutes = 6 * 60;
        Observe(Minutes, minute => Reserve + ((600 + (2 * (Minutes - minute)) - (minute % 30 * 10)) * MiB));
        Assert.InRange(_trend.TimeUntil(Reserve)!.Value.TotalMinutes, 240, 320);
    }

    [Fact]
    public void TimeUntil_OnceItIsReached_IsZero()
    {
        Observe(60, minute => Reserve - (minute * MiB));
        Assert.Equal(TimeSpan.Zero, _trend.TimeUntil(Reserve));
    }

    [Fact]
    public void TimeUntil_AfterTheVolumeHasStoppedToFill_IsForgottenWithTheWindow()
    {
        Observe(120, minute => (5_000 - (20 * minute)) * MiB);
        Assert.NotNull(_trend.TimeUntil(Reserve));
        Observe((int)FillingTrend.MaxWindow.TotalMinutes, _ => 2_600 * MiB);
        Assert.Null(_trend.TimeUntil(Reserve));
    }

    /// <summary>Looks ten times a minute, up to and with the last minute.</summary>
    private void Observe(int minutes, Func<int, long> freeAt, Action? atEachMinute = null)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            for (var look = 0; look < 10; look++)
            {
                _trend.Add(freeAt(minute));
                _time.Advance(TimeSpan.FromSeconds(6));
            }

            atEachMinute?.Invoke();
        }

        _trend.Add(freeAt(minutes));
    }
}

using Aegis.AppHost.Supervision;
using Microsoft.Extensions.Time.Testing;

namespace Aegis.Tests.EndToEnd;

public sealed class RestartPolicyTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Next_OfCrashAfterCrash_PausesLongerAndEndsAtTheMost()
    {
        var policy = new RestartPolicy(_time, givesUp: true);
        Assert.Equal([0.5, 1, 2, 4, 8, 10, 10, 10, 10, 10, null], Enumerable.Range(0, RestartPolicy.MaxRestarts + 1)
            .Select(_ => policy.Next()?.TotalSeconds));
        _time.Advance(RestartPolicy.Window + TimeSpan.FromSeconds(1));
        Assert.Equal(0.5, policy.Next()?.TotalSeconds);
    }

    [Fact]
    public void Next_AfterACalmMinute_BeginsSmallAgain()
    {
        var policy = new RestartPolicy(_time, givesUp: true);
        policy.Next();
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(1, policy.Next()?.TotalSeconds);
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(0.5, policy.Next()?.TotalSeconds);
    }

    [Fact]
    public void Next_OfAResourceThatIsNeverGivenUp_SlowsDownToAMinuteUntilItIsCalm()
    {
        var policy = new RestartPolicy(_time, givesUp: false);
        for (var crash = 0; crash < RestartPolicy.MaxRestarts; crash++)
        {
            Assert.InRange(policy.Next()!.Value.TotalSeconds, 0.5, 10);
            Assert.False(policy.IsSlow);
        }

        for (var minute = 0; minute < 60; minute++)
        {
            Assert.Equal(60, policy.Next()?.TotalSeconds);
            Assert.True(policy.IsSlow);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        _time.Advance(RestartPolicy.Window);
        Assert.Equal(0.5, policy.Next()?.TotalSeconds);
        Assert.False(policy.IsSlow);
    }

    [Fact]
    public void Next_CountsWithinItsWindowOnly()
    {
        var policy = new RestartPolicy(_time, givesUp: true);
        for (var crash = 0; crash < 3 * RestartPolicy.MaxRestarts; crash++)
        {
            Assert.NotNull(policy.Next());
            _time.Advance(RestartPolicy.Window / (RestartPolicy.MaxRestarts - 1));
        }
    }
}

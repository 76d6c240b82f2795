using Aegis.AppHost.Supervision;
using Microsoft.Extensions.Time.Testing;

namespace Aegis.Tests.EndToEnd;

public sealed class RestartPolicyTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Next_OfCrashAfterCrash_PausesLongerAndEndsAtTheMost()
    {
        var policy = new RestartPolicy(_time);
        Assert.Equal([0.5, 1, 2, 4, 8, 10, 10, 10, 10, 10, null], Enumerable.Range(0, RestartPolicy.MaxRestarts + 1)
            .Select(_ => policy.Next()?.TotalSeconds));
        _time.Advance(RestartPolicy.Window + TimeSpan.FromSeconds(1));
        Assert.Equal(0.5, policy.Next()?.TotalSeconds);
    }

    [Fact]
    public void Next_AfterACalmMinute_BeginsSmallAgain()
    {
        var policy = new RestartPolicy(_time);
        policy.Next();
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(1, policy.Next()?.TotalSeconds);
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(0.5, policy.Next()?.TotalSeconds);
    }

    [Fact]
    public void Next_CountsWithinItsWindowOnly()
    {
        var policy = new RestartPolicy(_time);
        for (var crash = 0; crash < 3 * RestartPolicy.MaxRestarts; crash++)
        {
            Assert.NotNull(policy.Next());
            _time.Advance(RestartPolicy.Window / (RestartPolicy.MaxRestarts - 1));
        }
    }
}

using Aegis.Client;
using Aegis.Scoring.Telemetry;

namespace Aegis.Tests.Scoring.Telemetry;

public sealed class ThroughputMeterTests
{
    private readonly ThroughputMeter _meter = new();

    [Fact]
    public void PerSecond_CountsTheLastTenSeconds()
    {
        Add((0, 100), (5, 50), (10, 20));
        Assert.Equal(17, _meter.PerSecond(At(10)));
        Assert.Equal(7, _meter.PerSecond(At(10.001)));
        Assert.Equal(2, _meter.PerSecond(At(20)));
    }

    [Fact]
    public void Last_OfTrafficThatHasEnded_StandsStill()
    {
        Add((0, 900), (11, 100), (12, 220));
        Assert.Equal(new MeasuredThroughput(32, At(12)), _meter.Last);
        Assert.Equal((0, new MeasuredThroughput(32, At(12))), (_meter.PerSecond(At(3_600)), _meter.Last));
        // A commit of control entries alone is no traffic.
        Add((30, 0));
        Assert.Equal(At(12), _meter.Last!.At);
        Add((40, 10));
        Assert.Equal(new MeasuredThroughput(1, At(40)), _meter.Last);
    }

    [Fact]
    public void Last_BeforeTheFirstDecision_IsNotKnown()
    {
        Add((1, 0));
        Assert.Equal((0, null), (_meter.PerSecond(At(2)), _meter.Last));
    }

    private static DateTimeOffset At(double second) => TestTransactions.Noon.AddSeconds(second);

    private void Add(params (int Second, int Count)[] commits)
    {
        foreach (var (second, count) in commits)
        {
            _meter.Add(At(second), count);
        }
    }
}

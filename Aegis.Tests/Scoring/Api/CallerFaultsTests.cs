using Aegis.Scoring.Api;
using Microsoft.Extensions.Time.Testing;

namespace Aegis.Tests.Scoring.Api;

public sealed class CallerFaultsTests
{
    [Fact]
    public void Note_OfAFlood_LogsOneLineASecondWithItsCount()
    {
        var (time, log) = (new FakeTimeProvider(), new RecordedLog<CallerFaults>());
        var faults = new CallerFaults(time, log);
        for (var i = 0; i < 1_000; i++)
        {
            faults.Note($"slow {i}");
        }

        time.Advance(TimeSpan.FromSeconds(1));
        faults.Note("slow again");
        Assert.Equal([2901, 2901], log.Events.Select(logged => logged.Id));
        Assert.Equal(
            [
                "1 requests or connections of callers failed since the last such line; the last: slow 0",
                "1000 requests or connections of callers failed since the last such line; the last: slow again",
            ],
            log.Events.Select(logged => logged.Message));
    }
}

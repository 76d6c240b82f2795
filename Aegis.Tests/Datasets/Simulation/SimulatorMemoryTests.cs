using Aegis.Datasets.Simulation;

namespace Aegis.Tests.Datasets.Simulation;

[Collection(AloneTests.Name)]
public class SimulatorMemoryTests
{
    private static readonly DateOnly First = new(2025, 1, 1);

    /// <summary>What is alive after 329 days of payments is what was alive after 180.</summary>
    [Fact]
    public void Stream_OfManyDays_KeepsNothing()
    {
        const int Customers = 1_000;
        long early = 0, latest = 0, count = 0;
        var start = First.ToDateTime(TimeOnly.MinValue);
        foreach (var row in new TransactionSimulator(new SimulationOptions { Customers = Customers }).Stream(First, 330))
        {
            count++;
            var day = (row.Transaction.EventTime.UtcDateTime - start).Days;
            if (early == 0 && day >= 180)
            {
                early = GC.GetTotalMemory(forceFullCollection: true);
            }
            else if (latest == 0 && day >= 329)
            {
                latest = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        // Two bytes kept of every payment would show.
        Assert.InRange(count, 150_000, 400_000);
        Assert.True(latest - early < 2 * count,
            $"{early:N0} bytes were alive after 180 days, {latest:N0} after 329 and {count:N0} payments.");
    }
}

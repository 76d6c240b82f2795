using Aegis.Core.Features;

namespace Aegis.Tests.Core.Features;

public sealed class TravelSumsTests
{
    private const double DayMs = 86_400e3;

    [Fact]
    public void Add_OfDistances_DecaysThoseBefore()
    {
        var sums = default(TravelSums);
        sums.Add(100, 5 * DayMs);
        Assert.Equal((100, 100), sums.After(0));
        sums.Add(50, DayMs);
        var (day, month) = sums.After(DayMs);
        Assert.Equal(((100 * Math.Exp(-1)) + 50) * Math.Exp(-1), day, 1e-4);
        Assert.Equal(((100 * Math.Exp(-1 / 30.0)) + 50) * Math.Exp(-1 / 30.0), month, 1e-4);
    }
}

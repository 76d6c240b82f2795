using Aegis.Core.Features;

namespace Aegis.Tests.Core.Features;

public sealed class CentreOfLifeTests
{
    private const double MonthMs = 30 * 86_400e3;

    [Fact]
    public void Add_OfTheFirstPlace_IsTheCentre()
    {
        var centre = default(CentreOfLife);
        centre.Add(52.5f, 13.4f, 0, 1e12);
        Assert.Equal(0, centre.DistanceKm(52.5f, 13.4f), 1e-3);
        // One payment at the centre, three at 25 km.
        Assert.Equal(Math.Sqrt(3 * 625 / 4.0), centre.SpreadKm, 1e-4);
    }

    [Fact]
    public void SpreadKm_BeforeAnyPlace_Is25() => Assert.Equal(25, default(CentreOfLife).SpreadKm, 9);

    [Fact]
    public void Add_AtOnce_IsTheMeanOfAllPlaces()
    {
        var centre = default(CentreOfLife);
        centre.Add(10, 20, 0, 0);
        centre.Add(14, 26, 100, 0);
        Assert.Equal(0, centre.DistanceKm(12, 23), 0.01);
        centre.Add(18, 32, 200, 0);
        Assert.Equal(0, centre.DistanceKm(14, 26), 0.01);
        Assert.Equal(Math.Sqrt(((100 * 100) + (200 * 200) + (3 * 625)) / 6.0), centre.SpreadKm, 1e-3);
    }

    [Fact]
    public void Add_AfterAMonth_CountsWhatWasBeforeByAnEth()
    {
        var centre = default(CentreOfLife);
        centre.Add(0, 0, 0, 0);
        centre.Add(10, 0, 0, MonthMs);
        Assert.Equal(0, centre.DistanceKm((float)(10 / (1 + Math.Exp(-1))), 0), 0.01);
    }

    [Theory]
    [InlineData(179, -177)]
    [InlineData(-177, 179)]
    public void Add_AcrossTheDateLine_TakesTheShortWay(float first, float second)
    {
        var centre = default(CentreOfLife);
        centre.Add(0, first, 0, 0);
        centre.Add(0, second, 0, 0);
        Assert.Equal(0, centre.DistanceKm(0, -179), 0.05);
    }
}

using Aegis.Core.Facts;

namespace Aegis.Tests.Core.Facts;

public sealed class DecayedRateTests
{
    private const double DayMs = 86_400e3;

    [Fact]
    public void After_ADayOrAMonth_LeavesOneEth()
    {
        Assert.Equal(new RateDecay(1, 1), RateDecay.After(0));
        Assert.Equal(Math.Exp(-1), RateDecay.After(DayMs).Day, 12);
        Assert.Equal(Math.Exp(-1), RateDecay.After(30 * DayMs).Month, 12);
    }

    [Fact]
    public void Add_AtASteadyRate_SettlesAtItsSumAndShowsNoBurst()
    {
        var rate = default(DecayedRate);
        var hour = RateDecay.After(DayMs / 24);
        for (var i = 0; i < 24 * 400; i++)
        {
            rate.Add(10, hour);
        }

        // A geometric series: ten an hour, of which e^(-1/720) is left after each.
        Assert.Equal(10 / (1 - Math.Exp(-1 / 720.0)), rate.MonthAfter(RateDecay.After(0)), 0.1);
        Assert.Equal(0, rate.BurstAfter(RateDecay.After(0)), 0.03f);
    }

    [Fact]
    public void BurstAfter_OfOneDaysEvents_IsTheirLogOverTheMonthsMean()
    {
        var rate = default(DecayedRate);
        rate.Add(60, RateDecay.After(0));
        Assert.Equal(Math.Log((60 + 0.5) / (2 + 0.5)), rate.BurstAfter(RateDecay.After(0)), 1e-5);
        var decay = RateDecay.After(2 * DayMs);
        Assert.Equal(Math.Log(((60 * decay.Day) + 0.5) / ((60 * decay.Month / 30) + 0.5)), rate.BurstAfter(decay), 1e-5);
        Assert.Equal(60 * decay.Month, rate.MonthAfter(decay), 9);
    }

    [Fact]
    public void BurstAfter_OfNothing_IsZero() => Assert.Equal(0, default(DecayedRate).BurstAfter(RateDecay.After(5)));
}

using Aegis.Core.Facts;
using Aegis.Core.Features;
using static Aegis.Tests.Core.TestPayments;

namespace Aegis.Tests.Core.Features;

public sealed class RiskFeaturesTests
{
    private static readonly Feature[] Merchant = [Feature.MerchantRisk1Day, Feature.MerchantRisk7Days, Feature.MerchantRisk30Days];
    private static readonly Feature[] Device = [Feature.DeviceRisk1Day, Feature.DeviceRisk7Days, Feature.DeviceRisk30Days];
    private static readonly Feature[] Bin = [Feature.BinRisk1Day, Feature.BinRisk7Days, Feature.BinRisk30Days];

    private readonly CardProbe _probe = new() { LabelDelayDays = 2 };

    public RiskFeaturesTests()
    {
        // One fraud among four payments of a day.
        var fraud = Of(merchant: 2, device: 7, bin: 411_111);
        var counts = new FactCounts();
        counts.Add(fraud, isNewAtMerchant: false);
        for (var i = 0; i < 3; i++)
        {
            counts.Add(Of(merchant: 9), isNewAtMerchant: false);
        }

        counts.AddLabel(fraud.Labelled(isFraud: true, Midnight));
        _probe.Facts.Add(Midnight + DayMs, counts);
    }

    [Fact]
    public void Fill_OfMerchantDeviceOrBinWithAFraud_KnowsItsRiskApart()
    {
        var risk = (float)Math.Log(2 / 1.25);
        Assert.Equal((risk, 0, 0), RisksOf(merchant: 2));
        Assert.Equal((0, risk, 0), RisksOf(merchant: 3, device: 7));
        Assert.Equal((0, 0, risk), RisksOf(merchant: 3, bin: 411_111));
        Assert.Equal((risk, risk, risk), RisksOf(merchant: 2, device: 7, bin: 411_111));
        Assert.Equal((0, 0, 0), RisksOf(merchant: 3, device: 8, bin: 511_111));
    }

    /// <summary>A delay of two days: the day of the fraud is read from the third day after it on, for 1, 7 and 30 days.</summary>
    [Theory]
    [InlineData((3 * DayMs) - 1, 0, 0, 0)]
    [InlineData(3 * DayMs, 1, 1, 1)]
    [InlineData((4 * DayMs) - 1, 1, 1, 1)]
    [InlineData(4 * DayMs, 0, 1, 1)]
    [InlineData((10 * DayMs) - 1, 0, 1, 1)]
    [InlineData(10 * DayMs, 0, 0, 1)]
    [InlineData((33 * DayMs) - 1, 0, 0, 1)]
    [InlineData(33 * DayMs, 0, 0, 0)]
    public void Fill_AfterTheLabelDelay_ReadsWholeDays(long laterMs, int day, int week, int month)
    {
        var f = _probe.FeaturesOf(Of(Midnight + laterMs, merchant: 2, device: 7, bin: 411_111));
        Assert.All(new[] { Merchant, Device, Bin }, features => Assert.Equal(
            [day > 0, week > 0, month > 0], features.Select(feature => f[(int)feature] > 0)));
    }

    [Fact]
    public void SinceVerdicts_OfACardWithoutAny_AreAYear()
    {
        Assert.Equal(Math.Log(366), _probe.Of(Feature.SinceFraudLog, Of()), 1e-6);
        Assert.Equal(Math.Log(366), _probe.Of(Feature.SinceGenuineLog, Of()), 1e-6);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-DayMs, 0)]
    [InlineData(DayMs, 1)]
    [InlineData(36 * HourMs, 1.5)]
    [InlineData(365 * DayMs, 365)]
    [InlineData(400 * DayMs, 365)]
    public void SinceVerdicts_AreDaysFromZeroToAYear(long laterMs, double days)
    {
        _probe.Card.AddVerdict(Of().Labelled(isFraud: true, Midnight));
        Assert.Equal(Math.Log(1 + days), _probe.Of(Feature.SinceFraudLog, Of(Midnight + laterMs)), 1e-6);
        Assert.Equal(Math.Log(366), _probe.Of(Feature.SinceGenuineLog, Of(Midnight + laterMs)), 1e-6);
        _probe.Card.AddVerdict(Of().Labelled(isFraud: false, Midnight));
        Assert.Equal(Math.Log(1 + days), _probe.Of(Feature.SinceGenuineLog, Of(Midnight + laterMs)), 1e-6);
    }

    private (float Merchant, float Device, float Bin) RisksOf(ulong merchant, ulong? device = null, uint bin = 0)
    {
        var f = _probe.FeaturesOf(Of(Midnight + (3 * DayMs), merchant: merchant, device: device, bin: bin));
        return (f[(int)Merchant[0]], f[(int)Device[0]], f[(int)Bin[0]]);
    }
}

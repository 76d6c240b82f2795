using Aegis.Core.Features;
using Aegis.Core.Transactions;
using static Aegis.Tests.Core.TestPayments;

namespace Aegis.Tests.Core.Features;

public sealed class NoveltyFeaturesTests
{
    private readonly CardProbe _probe = new();

    [Fact]
    public void Fill_OfAFirstPayment_FindsNothingNew()
    {
        var f = _probe.FeaturesOf(Of(device: 7));
        for (var feature = Feature.NewMerchant; feature <= Feature.CategorySurprise; feature++)
        {
            Assert.Equal((feature, feature == Feature.DeviceKnown ? 1 : 0), (feature, f[(int)feature]));
        }
    }

    [Fact]
    public void Fill_OfAnotherMerchantCountryAndDevice_FindsThemNew()
    {
        _probe.Add(Of(device: 7));
        var known = _probe.FeaturesOf(Of(device: 7));
        Assert.Equal((0, 0, 0), (known[(int)Feature.NewMerchant], known[(int)Feature.NewCountry], known[(int)Feature.NewDevice]));
        var other = _probe.FeaturesOf(Of(merchant: 3, country: "FR", device: 8));
        Assert.Equal((1, 1, 1), (other[(int)Feature.NewMerchant], other[(int)Feature.NewCountry], other[(int)Feature.NewDevice]));
    }

    [Fact]
    public void Fill_OfAPaymentWithoutDevice_HasNoneThatIsNew()
    {
        _probe.Add(Of(device: 7));
        var f = _probe.FeaturesOf(Of());
        Assert.Equal((0, 0, 0), (f[(int)Feature.DeviceKnown], f[(int)Feature.NewDevice], f[(int)Feature.DeviceSurprise]));
        // The card's first device is not new to it: it had none to compare with.
        var withoutDevices = new CardProbe();
        withoutDevices.Add(Of());
        Assert.Equal(0, withoutDevices.Of(Feature.NewDevice, Of(device: 7)));
    }

    /// <summary>-ln of a smoothed share times the number of kinds: 16 merchants, 4 countries and devices, 6 channels,
    /// 14 categories.</summary>
    [Fact]
    public void Surprises_AreThoseOfSharesAmongTheirKinds()
    {
        _probe.Add(Of(device: 7));
        _probe.Add(Of(device: 7));
        _probe.Add(Of(merchant: 3, country: "FR", device: 8, channel: Channel.Ecommerce, mcc: 5541));
        var usual = _probe.FeaturesOf(Of(device: 7));
        var unusual = _probe.FeaturesOf(Of(merchant: 3, country: "FR", device: 8, channel: Channel.Ecommerce, mcc: 5541));
        var (surprises, kinds) = (new[]
        {
            Feature.MerchantSurprise, Feature.CountrySurprise, Feature.DeviceSurprise, Feature.ChannelSurprise, Feature.CategorySurprise,
        }, new[] { 16, 4, 4, 6, 14 });
        for (var i = 0; i < kinds.Length; i++)
        {
            Assert.Equal(-Math.Log(kinds[i] * 2.5 / (3 + (kinds[i] / 2.0))), usual[(int)surprises[i]], 1e-5);
            Assert.Equal(-Math.Log(kinds[i] * 1.5 / (3 + (kinds[i] / 2.0))), unusual[(int)surprises[i]], 1e-5);
        }
    }
}

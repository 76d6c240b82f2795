using Aegis.Core.Features;
using Aegis.Core.Transactions;
using static Aegis.Tests.Core.TestPayments;

namespace Aegis.Tests.Core.Features;

public sealed class KindFeaturesTests
{
    [Theory]
    [InlineData(5411, Channel.Moto, 1, 5)]
    [InlineData(5999, Channel.Chip, 13, 0)]
    [InlineData(0, Channel.Atm, 0, 4)]
    public void Fill_GivesTheIndexesOfCategoryAndChannel(int mcc, Channel channel, float category, float index)
    {
        var f = new CardProbe().FeaturesOf(Of(mcc: mcc, channel: channel));
        Assert.Equal((category, index), (f[(int)Feature.Category], f[(int)Feature.Channel]));
        Assert.True(category < FeatureSchema.Of(Feature.Category).Levels && index < FeatureSchema.Of(Feature.Channel).Levels);
    }
}

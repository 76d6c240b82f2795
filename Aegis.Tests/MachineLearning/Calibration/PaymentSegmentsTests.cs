using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Calibration;

namespace Aegis.Tests.MachineLearning.Calibration;

public sealed class PaymentSegmentsTests
{
    [Theory]
    [InlineData(PaymentSegments.None, 1)]
    [InlineData(PaymentSegments.Channel, 6)]
    [InlineData(PaymentSegments.Age, 2)]
    [InlineData(PaymentSegments.ChannelAndAge, 12)]
    public void Of_EveryChannelAndAge_NumbersEachSegmentOnce(PaymentSegments segments, int count)
    {
        var features = new float[FeatureSchema.Count];
        var numbers = new HashSet<int>();
        for (var channel = 0; channel < Channels.Count; channel++)
        {
            foreach (var payments in new[] { 0, 9, 10, 500 })
            {
                features[(int)Feature.Channel] = channel;
                features[(int)Feature.CardAge] = MathF.Log(1 + payments);
                numbers.Add(segments.Of(features));
            }
        }

        Assert.Equal(Enumerable.Range(0, count), numbers.Order());
        Assert.Equal(count, segments.Count());
    }

    [Fact]
    public void Of_ACardOfTenPayments_IsOld()
    {
        var features = new float[FeatureSchema.Count];
        features[(int)Feature.CardAge] = MathF.Log((float)(1 + 9));
        Assert.Equal(0, PaymentSegments.Age.Of(features));
        features[(int)Feature.CardAge] = MathF.Log((float)(1 + 10));
        Assert.Equal(1, PaymentSegments.Age.Of(features));
    }

    [Theory]
    [InlineData(PaymentSegments.None, Channel.Moto, 10, 0)]
    [InlineData(PaymentSegments.Channel, Channel.Chip, 10, 0)]
    [InlineData(PaymentSegments.Channel, Channel.Moto, 10, 5)]
    [InlineData(PaymentSegments.Age, Channel.Moto, 9, 0)]
    [InlineData(PaymentSegments.Age, Channel.Moto, 10, 1)]
    [InlineData(PaymentSegments.ChannelAndAge, Channel.Chip, 10, 1)]
    [InlineData(PaymentSegments.ChannelAndAge, Channel.Swipe, 9, 4)]
    [InlineData(PaymentSegments.ChannelAndAge, Channel.Moto, 10, 11)]
    [InlineData(PaymentSegments.Channel, (Channel)6, 10, 5)]
    public void Of_APayment_IsTheNumberThatBundlesAreStoredBy(PaymentSegments segments, Channel channel, int payments, int expected)
    {
        var features = new float[FeatureSchema.Count];
        features[(int)Feature.Channel] = (float)channel;
        features[(int)Feature.CardAge] = MathF.Log(1 + payments);
        Assert.Equal(expected, segments.Of(features));
        features[(int)Feature.Channel] = -1;
        Assert.Equal(expected % 2 * (segments is PaymentSegments.Age or PaymentSegments.ChannelAndAge ? 1 : 0), segments.Of(features));
    }
}

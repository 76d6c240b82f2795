using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Decisions;

public sealed class HabitStoryTests
{
    private static readonly Transaction Payment = TestTransactions.Valid() with { Channel = Channel.Chip, Country = "FR", Mcc = 5411 };

    private readonly float[] _features = new float[FeatureSchema.Count];

    [Theory]
    [InlineData(20, 20, "CHANNEL", "20 of this card's 20 payments before were by chip.")]
    [InlineData(0, 20, "UNUSUAL_CHANNEL", "None of this card's 20 payments before was by chip.")]
    [InlineData(1, 41, "UNUSUAL_CHANNEL", "1 of this card's 41 payments before was by chip.")]
    [InlineData(2, 20, "UNUSUAL_CHANNEL", "2 of this card's 20 payments before were by chip.")]
    [InlineData(3, 20, "CHANNEL", "3 of this card's 20 payments before were by chip.")]
    [InlineData(0, 4, "CHANNEL", "None of this card's 4 payments before was by chip.")]
    [InlineData(0, 5, "UNUSUAL_CHANNEL", "None of this card's 5 payments before was by chip.")]
    [InlineData(1, 1, "CHANNEL", "1 of this card's 1 payment before was by chip.")]
    [InlineData(0, 0, "FIRST_PAYMENT", "This is the first payment seen of this card.")]
    public void Channel_CountsTheCardsPayments(int seen, int payments, string code, string text)
    {
        Set(Feature.ChannelSurprise, Surprisal.Of(seen, payments, Channels.Count));
        var story = HabitStory.Channel(Payment, _features, new CardNorms(payments, 0, 0));
        Assert.Equal((code, text), (story.Code, story.Text));
    }

    [Fact]
    public void Seen_OfAnySurprise_IsTheCountThatMadeIt()
    {
        for (var payments = 0; payments <= 3_000; payments += 1 + (payments / 7))
        {
            for (var seen = 0; seen <= payments; seen += 1 + (seen / 5))
            {
                Assert.Equal(seen, HabitStory.Seen(Surprisal.Of(seen, payments, 18), payments, 18));
            }
        }
    }

    [Theory]
    [InlineData(1, 0, "NEW_COUNTRY", "The card has not paid in FR lately.")]
    [InlineData(0, 0.71, "UNUSUAL_COUNTRY", "This card paid more often in other countries than FR lately.")]
    [InlineData(0, 0.69, "COUNTRY", "The payment is in FR.")]
    public void Country_IsUnusualWhereTheCardSaysSo(float isNew, float surprise, string code, string text)
    {
        Set(Feature.NewCountry, isNew);
        Set(Feature.CountrySurprise, surprise);
        var story = HabitStory.Country(Payment, _features);
        Assert.Equal((code, text), (story.Code, story.Text));
    }

    [Theory]
    [InlineData(0, 0, 0, "NO_DEVICE", "The payment names no device.")]
    [InlineData(1, 1, 0, "NEW_DEVICE", "The card has not been used from this device lately.")]
    [InlineData(1, 0, 0.71, "UNUSUAL_DEVICE", "This card was used more often from other devices lately.")]
    [InlineData(1, 0, 0, "DEVICE", "The payment names its device.")]
    public void Device_IsUnusualWhereTheCardSaysSo(float isKnown, float isNew, float surprise, string code, string text)
    {
        Set(Feature.DeviceKnown, isKnown);
        Set(Feature.NewDevice, isNew);
        Set(Feature.DeviceSurprise, surprise);
        var story = HabitStory.Device(_features);
        Assert.Equal((code, text), (story.Code, story.Text));
    }

    private void Set(Feature feature, float value) => _features[(int)feature] = value;
}

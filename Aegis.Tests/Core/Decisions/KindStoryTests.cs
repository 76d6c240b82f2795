using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Decisions;

public sealed class KindStoryTests
{
    private readonly float[] _features = new float[FeatureSchema.Count];

    [Fact]
    public void Refund_WhereTheCardHasNotPaid_SaysSo()
    {
        var refund = TestTransactions.Valid() with { Kind = PaymentKind.Refund };
        Assert.Equal("The payment is a refund.", KindStory.Refund(refund, _features).Text);
        _features[(int)Feature.RefundWithoutPurchase] = 1;
        Assert.Equal(
            "A refund of 41.20 EUR at merchant m-1, where this card has not paid lately.", KindStory.Refund(refund, _features).Text);
    }

    [Fact]
    public void RefundRatio_IsToldAsAShareOfSpending()
    {
        Assert.Equal("NO_REFUNDS", KindStory.RefundRatio(_features).Code);
        _features[(int)Feature.RefundRatio] = MathF.Log(3.5f);
        Assert.Equal("About 250 % of what this card spent in the last 30 days was given back.", KindStory.RefundRatio(_features).Text);
    }

    [Theory]
    [InlineData(Feature.WrongPins1Hour, 0, "No wrong PIN of this card in the hour before.")]
    [InlineData(Feature.WrongPins1Hour, 1, "1 wrong PIN of this card within an hour.")]
    [InlineData(Feature.WrongPins1Hour, 3, "3 wrong PINs of this card within an hour.")]
    [InlineData(Feature.Refused1Hour, 8, "8 refused payments of this card within an hour.")]
    [InlineData(Feature.Verifications1Hour, 2, "2 verifications of this card within an hour.")]
    public void Attempts_AreCounted(Feature feature, int count, string text)
    {
        _features[(int)feature] = count;
        Assert.Equal(text, KindStory.Attempts(feature, _features).Text);
    }
}

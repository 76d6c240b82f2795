using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.Tests.Core.Features;
using static Aegis.Tests.Core.TestPayments;

namespace Aegis.Tests.Core.Decisions;

public sealed class CardNormsTests
{
    private readonly float[] _features = new float[FeatureSchema.Count];

    [Fact]
    public void Of_AHistory_AreItsGeometricMeans()
    {
        var probe = new CardProbe();
        Assert.Equal(default, CardNorms.Of(probe.Card, MerchantCategory.Grocery));
        probe.Add(Of(amount: 9, mcc: 5541));
        probe.Add(Of(amount: 999));
        var norms = CardNorms.Of(probe.Card, MerchantCategory.Grocery);
        Assert.Equal(2, norms.Payments);
        Assert.Equal(99, norms.Amount, 1e-3);
        Assert.Equal(999, norms.AmountInCategory, 1e-2);
    }

    [Theory]
    [InlineData(2, 90, 45)]
    [InlineData(0.11f, 22, 200)]
    [InlineData(0.09f, 22, 0)]
    [InlineData(0, 0, 0)]
    public void Of_AVector_IsTheMeanOfThirtyDaysWhereSomethingIsLeftOfThem(float count, float sum, double amount)
    {
        Set(Feature.Count30Days, count);
        Set(Feature.Sum30Days, sum);
        Assert.Equal(amount, CardNorms.Of(_features).Amount, amount * 1e-4);
        Assert.Equal(0, CardNorms.Of(_features).AmountInCategory);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(123_456)]
    public void Of_AVector_CountsPaymentsByTheCardsAge(int payments)
    {
        Set(Feature.CardAge, payments);
        Assert.Equal(payments, CardNorms.Of(_features).Payments);
    }

    private void Set(Feature feature, float value) => _features[(int)feature] = MathF.Log(1 + value);
}

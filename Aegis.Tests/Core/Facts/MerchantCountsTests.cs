using Aegis.Core.Facts;
using static Aegis.Tests.Core.TestPayments;

namespace Aegis.Tests.Core.Facts;

public sealed class MerchantCountsTests
{
    [Fact]
    public void Add_CountsPaymentsNewCardsSmallAmountsAndCards()
    {
        var counts = default(MerchantCounts);
        counts.Add(Of(amount: 4.99, card: 1), isNewCard: true);
        counts.Add(Of(amount: 5, card: 1), isNewCard: false);
        counts.Add(Of(amount: 94, card: 2), isNewCard: true);
        Assert.Equal((3, 2, 1), (counts.Payments, counts.NewCards, counts.SmallAmounts));
        Assert.Equal((Math.Log(5.99) + Math.Log(6) + Math.Log(95)) / 3, counts.AmountLog.Mean, 1e-6);
        Assert.Equal(3, counts.AmountLog.Weight);
        Assert.Equal(64 * Math.Log(64 / 62.0), counts.Cards.Estimate, 1e-9);
    }
}

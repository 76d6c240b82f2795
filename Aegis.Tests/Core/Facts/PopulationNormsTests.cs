using Aegis.Core.Facts;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Facts;

public sealed class PopulationNormsTests
{
    private const long HourMs = 3_600_000;

    [Fact]
    public void BeforeAnyPayment_NormsAreThoseTheyBeginWith()
    {
        var norms = default(PopulationNorms);
        Assert.Equal((0, 30, 1), (norms.Payments, norms.PlainAmountMean, norms.AmountVariance));
        Assert.Equal(3.4, norms.AmountMean, 12);
        Assert.Equal(
            (norms.AmountMean, norms.AmountVariance),
            (norms.CategoryMean(MerchantCategory.Fuel), norms.CategoryVariance(MerchantCategory.Fuel)));
        Assert.Equal(1 / 24.0, norms.HourShare(7));
        Assert.Equal(0, norms.RarityOf(MerchantCategory.Fuel), 1e-6f);
    }

    [Fact]
    public void Add_OfPayments_CountsAmountsCategoriesAndHours()
    {
        var norms = default(PopulationNorms);
        // Ten payments of 99 in groceries at seven, ten of 9 for fuel at eight.
        for (var i = 0; i < 10; i++)
        {
            norms.Add(Payment(99, 5411, 7));
            norms.Add(Payment(9, 5541, 8));
        }

        var (high, low) = (Math.Log(100), Math.Log(10));
        Assert.Equal(20, norms.Payments);
        Assert.Equal(((20 * 54) + (20 * 30)) / 40.0, norms.PlainAmountMean, 1e-3);
        Assert.Equal((((high + low) / 2 * 20) + (3.4 * 20)) / 40, norms.AmountMean, 1e-4);
        Assert.Equal(((20 * Math.Pow((high - low) / 2, 2)) + 20) / 40, norms.AmountVariance, 1e-3);
        Assert.Equal(((10 * high) + (50 * norms.AmountMean)) / 60, norms.CategoryMean(MerchantCategory.Grocery), 1e-4);
        Assert.Equal(50 * norms.AmountVariance / 60, norms.CategoryVariance(MerchantCategory.Grocery), 1e-3);
        Assert.Equal((11 / 44.0, 11 / 44.0, 1 / 44.0), (norms.HourShare(7), norms.HourShare(8), norms.HourShare(9)));
        Assert.Equal(-Math.Log(14 * 10.5 / 27), norms.RarityOf(MerchantCategory.Fuel), 1e-5);
        Assert.Equal(-Math.Log(14 * 0.5 / 27), norms.RarityOf(MerchantCategory.Cash), 1e-5);
    }

    [Fact]
    public void Add_OfOthersNorms_IsAsIfTheirPaymentsHadCome()
    {
        var (one, other, all) = (default(PopulationNorms), default(PopulationNorms), default(PopulationNorms));
        for (var i = 0; i < 40; i++)
        {
            var payment = Payment(1 + (i * 37 % 50), i % 3 == 0 ? 5411 : 5541, i % 24);
            (i % 4 == 0 ? ref one : ref other).Add(payment);
            all.Add(payment);
        }

        one.Add(other);
        Assert.Equal(all.Payments, one.Payments);
        Assert.Equal(all.PlainAmountMean, one.PlainAmountMean, 1e-3);
        Assert.Equal(all.AmountVariance, one.AmountVariance, 1e-4);
        Assert.Equal(all.CategoryMean(MerchantCategory.Grocery), one.CategoryMean(MerchantCategory.Grocery), 1e-4);
        Assert.Equal(all.RarityOf(MerchantCategory.Fuel), one.RarityOf(MerchantCategory.Fuel));
        Assert.All(Enumerable.Range(0, 24), hour => Assert.Equal(all.HourShare(hour), one.HourShare(hour)));
    }

    private static Payment Payment(double amount, int mcc, int hour) =>
        new(hour * HourMs, amount, mcc, Channel.Chip, RecentPayment.Pack("DE"), 1, 2, null, null);
}

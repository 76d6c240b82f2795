using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Payments;

public sealed class RecentPaymentTests
{
    [Theory]
    [InlineData("DE", 0x4445)]
    [InlineData("AZ", 0x415a)]
    public void Pack_OfACode_GoesThereAndBack(string country, int packed)
    {
        Assert.Equal(packed, RecentPayment.Pack(country));
        Assert.Equal(packed, RecentPayment.Pack(System.Text.Encoding.ASCII.GetBytes(country)));
        Assert.Equal(country, RecentPayment.Unpack((ushort)packed));
        Assert.Equal(country, new RecentPayment(1, 2, (ushort)packed, MerchantCategory.Fuel, Channel.Atm).Country);
    }

    [Fact]
    public void Country_OfAnEmptySlot_IsEmpty() => Assert.Equal("", default(RecentPayment).Country);
}

using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Transactions;

public sealed class MerchantCategoryTests
{
    /// <summary>Codes of ISO 18245 at and beside the ends of each range.</summary>
    [Theory]
    [InlineData(MerchantCategory.Grocery, 5411, 5499, 5300)]
    [InlineData(MerchantCategory.Fuel, 5541, 5542, 5983)]
    [InlineData(MerchantCategory.Restaurant, 5811, 5812, 5814)]
    [InlineData(MerchantCategory.Travel, 3000, 3441, 4111)]
    [InlineData(MerchantCategory.Lodging, 3501, 3999, 7011)]
    [InlineData(MerchantCategory.Clothing, 5611, 5650, 5699)]
    [InlineData(MerchantCategory.Electronics, 5732, 5045, 4812)]
    [InlineData(MerchantCategory.Home, 5712, 5722, 5200)]
    [InlineData(MerchantCategory.Health, 8011, 8099, 5912)]
    [InlineData(MerchantCategory.Entertainment, 7829, 7999, 5815)]
    [InlineData(MerchantCategory.Services, 6300, 6399, 4900)]
    [InlineData(MerchantCategory.Services, 7210, 7399, 8200)]
    [InlineData(MerchantCategory.Services, 8200, 8999, 4814)]
    [InlineData(MerchantCategory.Cash, 6010, 6011, 6051)]
    [InlineData(MerchantCategory.OnlineRetail, 5960, 5969, 5999)]
    [InlineData(MerchantCategory.Other, 2999, 3442, 3500)]
    [InlineData(MerchantCategory.Other, 4000, 5610, 5700)]
    [InlineData(MerchantCategory.Other, 5711, 5723, 7828)]
    [InlineData(MerchantCategory.Other, 6299, 6400, 7209)]
    [InlineData(MerchantCategory.Other, 7400, 8010, 8100)]
    [InlineData(MerchantCategory.Other, 8199, 9000, 0)]
    [InlineData(MerchantCategory.Other, 5959, 5970, -1)]
    public void Of_ACode_IsItsGroup(MerchantCategory category, int first, int second, int third) =>
        Assert.Equal([category, category, category], new[] { first, second, third }.Select(MerchantCategories.Of));

    [Fact]
    public void Phrase_OfEachGroup_IsItsOwn()
    {
        var groups = Enum.GetValues<MerchantCategory>();
        Assert.Equal(MerchantCategories.Count, groups.Length);
        Assert.Equal(groups.Length, groups.Select(group => group.Phrase()).Distinct().Count());
        Assert.Equal(("other merchants", "online shops"), (MerchantCategory.Other.Phrase(), MerchantCategory.OnlineRetail.Phrase()));
    }
}

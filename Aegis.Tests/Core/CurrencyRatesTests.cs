using Aegis.Core.Transactions;

namespace Aegis.Tests.Core;

public sealed class CurrencyRatesTests
{
    [Fact]
    public void Parse_OfATable_ConvertsByIt()
    {
        var rates = CurrencyRates.Parse("""{"version":"t-1","reference":"USD","unitsPerReference":{"USD":1,"JPY":150,"KWD":0.3}}""");
        Assert.Equal(("t-1", "USD"), (rates.Version, rates.Reference));
        Assert.Equal(10, rates.ToReference(1_500, "JPY"), 9);
        Assert.Equal(10, rates.ToReference(3_000, "KWD"), 9);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"version":"t","reference":"EUR","unitsPerReference":{"USD":0}}""")]
    [InlineData("""{"version":"t","reference":"EUR","unitsPerReference":{"XYZ":1}}""")]
    public void Parse_OfAnythingElse_IsRefused(string json) => Assert.Throws<ArgumentException>(() => CurrencyRates.Parse(json));
}

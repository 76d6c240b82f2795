using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Transactions;

public sealed class CurrenciesTests
{
    [Theory]
    [InlineData("EUR", 2)]
    [InlineData("JPY", 0)]
    [InlineData("KWD", 3)]
    [InlineData("ISK", 0)]
    [InlineData("HUF", 2)]
    public void DecimalsOf_IsTheMinorUnit(string code, int decimals) => Assert.Equal(decimals, Currencies.DecimalsOf(code));

    [Theory]
    [InlineData(412_000, "EUR", "4,120.00 EUR")]
    [InlineData(-5, "USD", "-0.05 USD")]
    [InlineData(412_000, "JPY", "412,000 JPY")]
    [InlineData(1_234_567, "KWD", "1,234.567 KWD")]
    [InlineData(150, "???", "1.50 ???")]
    public void Format_HasTheCurrencysDecimals(long amount, string currency, string text) =>
        Assert.Equal(text, Currencies.Format(amount, currency));

    [Fact]
    public void IsKnown_OfEveryCode_InTextAndBytes()
    {
        Assert.All(
            Currencies.Codes,
            code => Assert.True(Currencies.IsKnown(code) && Currencies.IsKnown(System.Text.Encoding.ASCII.GetBytes(code))));
        Assert.False(
            Currencies.IsKnown("XXX") || Currencies.IsKnown("eur") || Currencies.IsKnown((string?)null) || Currencies.IsKnown("XXX"u8));
        Assert.Throws<KeyNotFoundException>(() => Currencies.DecimalsOf("XXX"));
    }
}

using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Transactions;

/// <summary>Codes of an operator's own. They hold for the whole process, so each test adds codes that no other test names.</summary>
public sealed class AddedCodesTests
{
    [Fact]
    public void Take_OfACurrency_MakesItKnownWithItsDecimals()
    {
        Assert.False(Currencies.IsKnown("QPA"));
        AddedCodes.Take("QPA:0, QGA:3", null);
        Assert.True(Currencies.IsKnown("QPA") && Currencies.IsKnown("QGA"u8));
        Assert.Equal((0, 3), (Currencies.DecimalsOf("QPA"), Currencies.DecimalsOf("QGA")));
        Assert.Equal(("4,120 QPA", "4.120 QGA"), (Currencies.Format(4_120, "QPA"), Currencies.Format(4_120, "QGA")));
        Assert.DoesNotContain("QPA", Currencies.Codes);
    }

    [Fact]
    public void Take_OfACountry_MakesItKnown()
    {
        Assert.False(Countries.IsKnown("QX"));
        AddedCodes.Take(null, "QX");
        Assert.True(Countries.IsKnown("QX") && Countries.IsKnown("QX"u8));
        Assert.False(Countries.IsKnown("QY"));
    }

    [Fact]
    public void Take_OfTheSameAgain_ChangesNothing()
    {
        AddedCodes.Take("QPB:2", "QV");
        AddedCodes.Take("QPB:2", "QV");
        Assert.Equal(2, Currencies.DecimalsOf("QPB"));
    }

    [Fact]
    public void Rates_OfATableThatNamesAnAddedCurrency_CompareIt_AndOfOneThatDoesNot_DoNot()
    {
        AddedCodes.Take("QPC:3", null);
        var rates = new CurrencyRates("own", "EUR", new Dictionary<string, double> { ["QPC"] = 4 });
        Assert.Equal(2, rates.ToReference(8_000, "QPC"), 12);
        Assert.Equal(double.NaN, CurrencyRates.Default.ToReference(8_000, "QPC"));
        Assert.Equal(double.NaN, CurrencyRates.Default.ToReference(8_000, "QPC"u8));
    }

    /// <summary>Rates to another reference do not follow from the shipped ones, which are to the euro.</summary>
    [Fact]
    public void Rates_ToAnAddedReference_AreThoseOfTheTableAlone()
    {
        AddedCodes.Take("QPD:0", null);
        var rates = new CurrencyRates("own", "QPD", new Dictionary<string, double> { ["EUR"] = 0.5 });
        Assert.Equal((7, 20), (rates.ToReference(7, "QPD"), rates.ToReference(1_000, "EUR")));
        Assert.Equal(double.NaN, rates.ToReference(1_000, "USD"));
    }

    [Theory]
    [InlineData("EUR:2", "Codes:Currencies has 'EUR:2'; allowed: a code that ISO 4217 does not have.")]
    [InlineData("QPE", "Codes:Currencies has 'QPE'; allowed: three capital letters, a colon and the digits of the minor unit, 0 to 8, such as PTS:0.")]
    [InlineData("QPE:2,qpe:2", "Codes:Currencies has 'qpe:2'; allowed: three capital letters, a colon and the digits of the minor unit, 0 to 8, such as PTS:0.")]
    [InlineData("QPE:9", "Codes:Currencies has 'QPE:9'; allowed: three capital letters, a colon and the digits of the minor unit, 0 to 8, such as PTS:0.")]
    [InlineData("QPE:-1", "Codes:Currencies has 'QPE:-1'; allowed: three capital letters, a colon and the digits of the minor unit, 0 to 8, such as PTS:0.")]
    public void Take_OfACurrencyThatCannotBeAdded_NamesItAndAddsNone(string currencies, string fault)
    {
        Assert.Equal(fault, Assert.Throws<FormatException>(() => AddedCodes.Take(currencies, null)).Message);
        Assert.False(Currencies.IsKnown("QPE"));
    }

    [Theory]
    [InlineData("DE", "Codes:Countries has 'DE'; allowed: a code that ISO 3166-1 does not have.")]
    [InlineData("QU,qu", "Codes:Countries has 'qu'; allowed: two capital letters, such as XA.")]
    [InlineData("QUA", "Codes:Countries has 'QUA'; allowed: two capital letters, such as XA.")]
    public void Take_OfACountryThatCannotBeAdded_NamesItAndAddsNone(string countries, string fault)
    {
        Assert.Equal(fault, Assert.Throws<FormatException>(() => AddedCodes.Take(null, countries)).Message);
        Assert.False(Countries.IsKnown("QU"));
    }
}

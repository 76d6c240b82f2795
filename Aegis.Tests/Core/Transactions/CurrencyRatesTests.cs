using System.Text;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Transactions;

public sealed class CurrencyRatesTests
{
    [Fact]
    public void Parse_OfATable_ConvertsByIt()
    {
        var rates = CurrencyRates.Parse("""{"version":"t-1","reference":"USD","unitsPerReference":{"USD":1,"JPY":150,"KWD":0.3}}""");
        Assert.Equal(("t-1", "USD"), (rates.Version, rates.Reference));
        Assert.Equal(10, rates.ToReference(1_500, "JPY"), 9);
        Assert.Equal(10, rates.ToReference(3_000, "KWD"), 9);
        Assert.Equal(new Dictionary<string, double> { ["USD"] = 1, ["JPY"] = 150, ["KWD"] = 0.3 }, rates.Rates);
    }

    [Theory]
    [InlineData("EUR", 4_120, 41.2)]
    [InlineData("USD", 113, 1)]
    [InlineData("JPY", 169, 1)]
    [InlineData("KWD", 346, 1)]
    [InlineData("LBP", 10_110_000, 1)]
    [InlineData("CLF", 274, 1)]
    [InlineData("HRK", 753_450, 1_000)]
    [InlineData("KMF", 491_968, 1_000)]
    [InlineData("XXX", 4_120, double.NaN)]
    public void ToReference_OfMinorUnits_DividesByDecimalsAndRate(string currency, long minor, double expected)
    {
        Assert.Equal(expected, CurrencyRates.Default.ToReference(minor, currency.AsSpan()), 1e-12);
        Assert.Equal(expected, CurrencyRates.Default.ToReference(minor, Encoding.ASCII.GetBytes(currency).AsSpan()), 1e-12);
    }

    [Fact]
    public void Default_IsInEuros()
    {
        Assert.Equal(("2025-average-2", "EUR"), (CurrencyRates.Default.Version, CurrencyRates.Default.Reference));
        Assert.Equal(1, CurrencyRates.Default.Rates["EUR"]);
    }

    [Fact]
    public void Default_HasARateForEveryCurrency()
    {
        Assert.Equal(Currencies.Codes.Order(), CurrencyRates.Default.Rates.Keys.Order());
        Assert.All(["XCG", "VED", "ZWG", "SLE", "HRK", "SLL", "ZWL", "CUC"], code => Assert.True(Currencies.IsKnown(code), code));
        Assert.InRange(Currencies.All.Count(currency => currency.IsCurrent), 150, 180);
    }

    /// <summary>Eight payments of 895,000 Lebanese pounds are eight small ones, whatever an operator's table leaves out.</summary>
    [Theory]
    [InlineData("EUR", 1.0)]
    [InlineData("USD", 1.13)]
    public void ToReference_OfACurrencyThatATableLeavesOut_TakesTheShippedRate(string reference, double perEuro)
    {
        var rates = new CurrencyRates("own", reference, new Dictionary<string, double> { ["GBP"] = 0.75 });
        Assert.Equal(89_500_000 / 101_100.0 / 100 * perEuro, rates.ToReference(89_500_000, "LBP"), 1e-9);
        Assert.Equal(5_000 / 1_000.0 / 0.346 * perEuro, rates.ToReference(5_000, "KWD"), 1e-9);
        Assert.Equal(1, rates.ToReference(75, "GBP"), 1e-12);
        Assert.Equal(1, rates.ToReference(100, reference), 1e-12);
    }

    [Theory]
    [InlineData("EUX", 1)]
    [InlineData("USD", 2)]
    public void CurrencyRates_OfAReferenceThatIsNone_AreRefused(string reference, double rate) => Assert.StartsWith(
        $"The reference currency is '{reference}'", Assert.Throws<RateTableException>(() => new CurrencyRates(
            "t", reference, new Dictionary<string, double> { ["USD"] = rate })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"version":"","reference":"EUR","unitsPerReference":{}}""")]
    [InlineData("""{"version":"t","reference":"","unitsPerReference":{}}""")]
    [InlineData("""{"version":"t","reference":"EUR"}""")]
    public void Parse_OfATableThatLacksAField_NamesTheThree(string json) => Assert.Equal(
        "The rate table lacks a field; allowed: version, reference and unitsPerReference.", Refusal(json));

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"version":1,"reference":"EUR","unitsPerReference":{}}""")]
    [InlineData("""{"version":"t","reference":"EUR","unitsPerReference":{"USD":"one"}}""")]
    public void Parse_OfAnotherForm_SaysSo(string json) =>
        Assert.StartsWith("The rate table is not JSON of the expected form: ", Refusal(json), StringComparison.Ordinal);

    [Theory]
    [InlineData("USD", 0, "0")]
    [InlineData("USD", -1.5, "-1.5")]
    [InlineData("USD", double.NaN, "NaN")]
    [InlineData("USD", double.PositiveInfinity, "Infinity")]
    [InlineData("XYZ", 1, "1")]
    [InlineData("usd", 1, "1")]
    public void CurrencyRates_OfABadCodeOrRate_NamesBoth(string code, double rate, string shown) => Assert.Equal(
        $"Rate '{code}' = {shown}; allowed: ISO 4217 codes, and those of Codes:Currencies, with a finite rate above 0.",
        Assert.Throws<RateTableException>(() => new CurrencyRates("t", "EUR", new Dictionary<string, double> { [code] = rate })).Message);

    [Fact]
    public void ToJson_OfEqualTables_IsTheSameAndReadsBack()
    {
        var one = new Dictionary<string, double> { ["USD"] = 1.13, ["JPY"] = 169.1 };
        var other = new Dictionary<string, double> { ["JPY"] = 169.1, ["USD"] = 1.13 };
        var json = new CurrencyRates("t", "EUR", one).ToJson();
        Assert.Equal("""{"version":"t","reference":"EUR","unitsPerReference":{"JPY":169.1,"USD":1.13}}""", json);
        Assert.Equal(json, new CurrencyRates("t", "EUR", other).ToJson());
        Assert.Equal(json, CurrencyRates.Parse(json).ToJson());
        Assert.NotEqual(json, new CurrencyRates("t", "USD", new Dictionary<string, double> { ["JPY"] = 169.1 }).ToJson());
    }

    private static string Refusal(string json) => Assert.Throws<RateTableException>(() => CurrencyRates.Parse(json)).Message;
}

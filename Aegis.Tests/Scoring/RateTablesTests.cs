using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;

namespace Aegis.Tests.Scoring;

public sealed class RateTablesTests : IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();
    private readonly Store _store;

    public RateTablesTests() => _store = Store.Open(Path.Combine(_folder, "aegis.db"), shardCount: 2);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Start_WithoutAFile_ConfiguresTheShippedTable()
    {
        var tables = new RateTables(null, _store);
        Assert.Equal(CurrencyRates.Default.Version, tables.Configured);
        Assert.Equal((tables.Configured, tables.Configured), (tables.First, tables.InForce));
        Assert.Same(CurrencyRates.Default, tables.Get(tables.First));
    }

    [Fact]
    public void Start_WithAnotherTable_KeepsThatOfTheFirstStart()
    {
        Start(Table("a", 1.1));
        var tables = Start(Table("b", 1.2));
        Assert.Equal(("b", "a"), (tables.Configured, tables.First));
        Assert.Equal((1.2, 1.1), (tables.Get("b").Rates["USD"], tables.Get("a").Rates["USD"]));
    }

    [Fact]
    public void Start_WithOtherRatesUnderAStoredVersion_IsRefusedInOneSentence()
    {
        Start(Table("a", 1.1));
        Start(Table("a", 1.1));
        Assert.Equal(
            $"The rate table at '{RatesPath}' has version 'a', under which the store holds other rates; "
            + "allowed: the same rates again, or a version of its own.",
            Assert.Throws<StoreException>(() => Start(Table("a", 1.2))).Message);
    }

    [Fact]
    public void Start_WithAnotherReferenceCurrency_IsRefusedAndLeavesNothing()
    {
        Start(Table("a", 1.1));
        var dollars = new CurrencyRates("b", "USD", new Dictionary<string, double>());
        Assert.Equal(
            $"The rate table at '{RatesPath}' has reference 'USD'; allowed: 'EUR', the currency in which this store remembers "
            + "what cards have spent. Another one needs a fresh data folder.",
            Assert.Throws<StoreException>(() => Start(dollars)).Message);
        Assert.Null(Start(Table("a", 1.1)).Find("b"));
    }

    [Fact]
    public void Register_IsSeenByEveryProcessOfTheStore()
    {
        var (here, there) = (Start(Table("a", 1.1)), Start(Table("a", 1.1)));
        here.Register(Table("posted", 1.3));
        Assert.Equal(1.3, there.Get("posted").Rates["USD"]);
        here.Register(Table("posted", 1.3));
        Assert.StartsWith(
            "The rate table has version 'posted'",
            Assert.Throws<VersionTakenException>(() => there.Register(Table("posted", 1.4))).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "Field 'reference' is 'USD'; allowed: 'EUR'",
            Assert.Throws<RateTableException>(
                () => there.Register(new CurrencyRates("dollars", "USD", new Dictionary<string, double>()))).Message,
            StringComparison.Ordinal);
        Assert.Null(there.Find("dollars"));
        Assert.Contains("'dollars'", Assert.Throws<StoreException>(() => there.Get("dollars")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_OfATableWithACodeThatIsNoLongerAdded_NamesTableAndCode()
    {
        _store.TryAddRateTable("points", """{"version":"points","reference":"EUR","unitsPerReference":{"QQP":100}}""");
        var refusal = Assert.Throws<StoreException>(() => new RateTables(null, _store).Find("points")).Message;
        Assert.StartsWith("Rate table 'points' of the store cannot be used: Rate 'QQP' = 100; allowed: ", refusal, StringComparison.Ordinal);
    }

    private string RatesPath => Path.Combine(_folder, "rates.json");

    private static CurrencyRates Table(string version, double dollars) =>
        new(version, "EUR", new Dictionary<string, double> { ["USD"] = dollars });

    private RateTables Start(CurrencyRates configured)
    {
        File.WriteAllText(RatesPath, configured.ToJson());
        return new RateTables(RatesPath, _store);
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Shards;
using Aegis.Streams.Entries;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;

namespace Aegis.Tests.Scoring;

public sealed class RateControlTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private const string Weak = """{"version":"weak","reference":"EUR","unitsPerReference":{"USD":113000}}""";

    [Fact]
    public async Task PostRates_ComparesAmountsByThemFromTheNextPaymentOn_AlsoAfterARestart()
    {
        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            var before = await DecideDollarsAsync(host, "a");
            Assert.Equal(CurrencyRates.Default.Version, before.RatesVersion);
            Assert.Equal(Math.Log(1 + (100 / 1.13)), Amount(before), 1e-6);
            Assert.Equal((HttpStatusCode.Accepted, "weak"), await PostAsync(host, Weak));
            Assert.Equal("weak", (await host.FindAsync((await DecideDollarsAsync(host, "b")).Transaction.Id)).RatesVersion);
            Assert.Equal(Math.Log(1 + (100 / 113_000.0)), Amount(await host.FindAsync("b")), 1e-6);
            Assert.Equal("weak", (await host.Http.GetFromJsonAsync<RateTable>("/rates", AegisJson.Options))!.Version);
        }

        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            var after = await DecideDollarsAsync(host, "c");
            Assert.Equal("weak", after.RatesVersion);
            Assert.Equal(Math.Log(1 + (100 / 113_000.0)), Amount(after), 1e-6);
            Assert.Equal(CurrencyRates.Default.Version, (await host.FindAsync("a")).RatesVersion);
        }
    }

    [Fact]
    public async Task Start_WithAnotherTable_BringsItIntoForceAndKeepsModelsOfTheTableBefore()
    {
        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            await host.DecideAsync("a");
        }

        var path = Path.Combine(Folder, "rates.json");
        await File.WriteAllTextAsync(path, Weak, TestContext.Current.CancellationToken);
        await using (var host = await ScoringHost.StartAsync(small, Server, Folder, $"Scoring:RatesPath={path}"))
        {
            await ScoringHost.EventuallyAsync(
                async () => (await host.DecideAsync($"{Guid.NewGuid()}")).RatesVersion == "weak", "the configured table is in force");
            Assert.Equal("small", (await host.DecideAsync("b")).ModelVersion);
            var first = (await host.Http.GetFromJsonAsync<RateTable>($"/rates/{CurrencyRates.Default.Version}", AegisJson.Options))!;
            Assert.Equal(CurrencyRates.Default.Rates, first.UnitsPerReference);
        }
    }

    [Theory]
    [InlineData("nonsense", HttpStatusCode.BadRequest, "The rate table is not JSON of the expected form")]
    [InlineData("{}", HttpStatusCode.BadRequest, "The rate table lacks a field; allowed: version, reference and unitsPerReference.")]
    [InlineData("""{"version":"x","reference":"USD","unitsPerReference":{}}""", HttpStatusCode.BadRequest, "'reference' is 'USD'; allowed: 'EUR'")]
    [InlineData("""{"version":"x","reference":"EUR","unitsPerReference":{"USD":0}}""", HttpStatusCode.BadRequest, "Rate 'USD' = 0; allowed: ")]
    [InlineData(
        """{"version":"2025-average-2","reference":"EUR","unitsPerReference":{"USD":1}}""", HttpStatusCode.Conflict,
        "has version '2025-average-2', under which the store holds other rates; allowed: ")]
    public async Task PostRates_OfWrongOnes_SaysWhatIsAllowedAndTheOldStay(string body, HttpStatusCode status, string mentions)
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var (answered, text) = await PostAsync(host, body);
        Assert.Equal(status, answered);
        Assert.Contains(mentions, text, StringComparison.Ordinal);
        Assert.Equal(CurrencyRates.Default.Version, (await host.DecideAsync("a")).RatesVersion);
        Assert.Contains("'none'", await host.Http.GetStringAnywayAsync("/rates/none"), StringComparison.Ordinal);
    }

    [Fact]
    public void Process_OfATableAmongPayments_ComparesEachByTheTableBeforeIt_AndSoDoesRecovery()
    {
        using var harness = new ShardHarness(small);
        harness.Models.Rates.Register(CurrencyRates.Parse(Weak));
        (LogPosition, string, byte[])[] entries =
        [
            harness.Entry(Dollars("a")), harness.Raw(ControlEntry.Field, Switch("weak")), harness.Entry(Dollars("b")),
            harness.Raw(ControlEntry.Field, Switch("unknown")), harness.Entry(Dollars("c")),
        ];
        var worker = harness.Worker();
        var blocks = ShardHarness.Process(worker, entries);
        Assert.Equal(
            [(CurrencyRates.Default.Version, 4.49), ("weak", 0.0), ("weak", 0.0)],
            ShardHarness.Made(blocks).Select(made => (made.RatesVersion, Math.Round(Amount(made), 2))));
        var dead = Assert.Single(blocks.SelectMany(block => block.DeadLetters));
        Assert.Contains("rate table 'unknown' into force, which is not in the store", dead.Reason, StringComparison.Ordinal);
        // A snapshot keeps the table.
        Assert.Equal(new VersionsInForce("small", Rates: "weak"), worker.State.Versions);

        var again = harness.Worker(harness.NewProcess());
        again.Recover(ShardEntries.Of(ShardHarness.Shard, entries), KnownOutcomes.None with
            { Dead = new HashSet<(LogPosition, int)> { (dead.Position, dead.Item) } });
        Assert.Equal(worker.State.Fingerprint, again.State.Fingerprint);
    }

    [Fact]
    public void After_AModel_KeepsTheRates() => Assert.Equal(
        new VersionsInForce("b", Rates: "weak"),
        new VersionsInForce("a", 3, 4, "weak").After(new ControlEntry { Kind = ControlEntry.Model, Version = "b" }));

    private static byte[] Switch(string version) => new ControlEntry { Kind = ControlEntry.Rates, Version = version }.ToJson();

    private static Transaction Dollars(string id) => ShardHarness.InShard(id) with { AmountMinor = 10_000, Currency = "USD" };

    /// <summary>ln(1 + amount in the reference currency).</summary>
    private static double Amount(Decision decision) => decision.Features[(int)Feature.AmountLog];

    private static async Task<Decision> DecideDollarsAsync(ScoringHost host, string id)
    {
        await ScoringHost.EventuallyAsync(async () => (await host.Http.GetAsync("/health")).IsSuccessStatusCode, "healthy");
        var body = $$"""{"id":"{{id}}","eventTime":"2026-03-01T12:00:00Z","cardToken":"card-{{id}}","amountMinor":10000,"currency":"USD","merchantId":"m-1","mcc":"5411","country":"US","channel":"chip"}""";
        using var response = await host.Http.PostAsync("/decisions", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<Decision>(AegisJson.Options))!;
    }

    private static async Task<(HttpStatusCode Status, string Text)> PostAsync(ScoringHost host, string body)
    {
        using var response = await host.Http.PostAsync("/rates", new StringContent(body, Encoding.UTF8, "application/json"));
        return response.IsSuccessStatusCode
            ? (response.StatusCode, (await response.Content.ReadFromJsonAsync<RatesInForce>(AegisJson.Options))!.Version)
            : (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Ingestions;
using Aegis.Streams.Ingestions;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;

namespace Aegis.Tests.Scoring;

public sealed class IngestionTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private ScoringHost _host = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _host = await ScoringHost.StartAsync(small, Server, Folder);
    }

    public override async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task PostTransactions_AsNdJson_IsListedWithItsFaultsByLine()
    {
        await _host.DecideAsync("known");
        var accepted = await PostAsync(
            string.Join('\n', Json("a"), "no JSON", Json("a"), Json("known"), Json("known", amountMinor: 5), Json("b", amountMinor: -1)),
            "application/x-ndjson");
        Assert.Equal((4, 2), (accepted.Accepted, accepted.Rejected.Count));

        var run = await FindAsync(accepted.Ingestion!);
        Assert.Equal(("ndjson", null), (run.Format, run.File));
        Assert.Equal((6, 1, 3, 2), (run.Received, run.Accepted, run.Refused, run.Duplicates));
        Assert.Equal([2, 5, 6], run.Faults!.Select(fault => fault.Line));
        Assert.StartsWith("id is 'known', which an earlier transaction", run.Faults![1].Text, StringComparison.Ordinal);
        Assert.StartsWith("amountMinor is '-1'; allowed: ", run.Faults[2].Text, StringComparison.Ordinal);
        var listed = Assert.Single((await _host.Http.GetFromJsonAsync<List<IngestionRun>>("/ingestions", AegisJson.Options))!);
        Assert.Equal(run with { Faults = null }, listed);
    }

    [Fact]
    public async Task PostTransactions_AsAnArray_IsListed_AlsoWhereItIsRefusedWhole()
    {
        var accepted = await PostAsync($"[{Json("a")},{Json("b")}]", "application/json");
        var run = await FindAsync(accepted.Ingestion!);
        Assert.Equal(("array", 2, 2, 0), (run.Format, run.Received, run.Accepted, run.Refused));

        using var refused = await SendAsync($"[{Json("c")},{Json("d", amountMinor: -1)}]", "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var runs = (await _host.Http.GetFromJsonAsync<List<IngestionRun>>("/ingestions?limit=1", AegisJson.Options))!;
        run = await FindAsync(Assert.Single(runs).Id);
        Assert.Equal((2, 0, 2), (run.Received, run.Accepted, run.Refused));
        Assert.Equal(2, Assert.Single(run.Faults!).Line);
    }

    [Fact]
    public async Task PostTransactions_OfOne_IsNoRun()
    {
        Assert.Null((await PostAsync(Json("a"), "application/json")).Ingestion);
        Assert.Empty((await _host.Http.GetFromJsonAsync<List<IngestionRun>>("/ingestions", AegisJson.Options))!);
    }

    [Fact]
    public async Task Get_OfARunThatAProducerHandedOver_FindsIt()
    {
        var tally = new IngestionTally("csv", "payments.csv", TestTransactions.Noon);
        tally.Accept(1);
        var run = tally.ToRun(TestTransactions.Noon.AddMinutes(1));
        await new IngestionReports(Redis).AddAsync(run, CancellationToken.None);
        using var client = AegisClient.At(new Uri(_host.Url));
        Assert.Equal("payments.csv", (await client.FindIngestionAsync(run.Id))!.File);
        Assert.Equal(run.Id, Assert.Single(await client.IngestionsAsync(limit: 5)).Id);
        Assert.Null(await client.FindIngestionAsync("none"));
    }

    [Theory]
    [InlineData("/ingestions?limit=0", HttpStatusCode.BadRequest, "limit is '0'; allowed: 1 to 1000")]
    [InlineData("/ingestions?limit=1001", HttpStatusCode.BadRequest, "limit is '1001'; allowed: 1 to 1000")]
    [InlineData("/ingestions/none", HttpStatusCode.NotFound, "There is no ingestion 'none'; the newest 1,000 are kept.")]
    public async Task Get_OfWhatIsNotThere_SaysWhatIs(string path, HttpStatusCode status, string detail)
    {
        using var response = await _host.Http.GetAsync(path);
        Assert.Equal(status, response.StatusCode);
        Assert.Contains(detail, (await response.Content.ReadAsStringAsync()).Replace("\\u0027", "'"), StringComparison.Ordinal);
    }

    private static string Json(string id, long amountMinor = 4120) =>
        $$"""{"id":"{{id}}","eventTime":"2026-03-01T12:00:00Z","cardToken":"card-1","amountMinor":{{amountMinor}},"currency":"EUR","merchantId":"m-1","mcc":"5411","country":"DE","channel":"chip"}""";

    private Task<HttpResponseMessage> SendAsync(string body, string type) =>
        _host.Http.PostAsync("/transactions", new StringContent(body, Encoding.UTF8, type));

    private async Task<AcceptedTransactions> PostAsync(string body, string type)
    {
        using var response = await SendAsync(body, type);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<AcceptedTransactions>(AegisJson.Options))!;
    }

    private async Task<IngestionRun> FindAsync(string id) =>
        (await _host.Http.GetFromJsonAsync<IngestionRun>($"/ingestions/{id}", AegisJson.Options))!;
}

using System.CommandLine;
using Aegis.Client;
using Aegis.Scoring.Api;
using Aegis.Scoring.Operator;
using Aegis.Scoring.Storage;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using Dapper;
using Microsoft.AspNetCore.Routing;

namespace Aegis.Tests.Scoring;

public sealed class AuditTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private const string By = "fraud desk";

    [Fact]
    public async Task Endpoint_ThatChangesSomething_IsInTheTrail_UnlessItIsNamedHere()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var changing = host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (
                Methods: endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [], Route: endpoint.RoutePattern.RawText,
                IsChange: Audited.IsChange(endpoint.Metadata)))
            .Where(endpoint => endpoint.Methods.Any(method => method is not ("GET" or "HEAD"))).ToList();
        Assert.True(changing.Count > 30, $"{changing.Count} endpoints");
        Assert.Equal(
            ["/decisions", "/labels", "/rules/check", "/suites/{name}/run", "/transactions"],
            changing.Where(endpoint => endpoint.IsChange is null).Select(endpoint => endpoint.Route!).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["/decisions/{id}/verify"], changing.Where(endpoint => endpoint.IsChange is false).Select(endpoint => endpoint.Route!));
    }

    [Fact]
    public async Task Changes_AndLooksAtFullRecords_AreInTheTrail_WithWhoAndWhat()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var api = new AegisClient(host.Http);
        await api.MakeListAsync("vip", new ListRequest("card", By: By, Why: "a test"));
        await api.PutOnListAsync("vip", new ListEntriesRequest([new ListEntryRequest("card-1")], "=cmd()", "a test"));
        await host.RefusesAsync("PUT", "/rules/bad", """{"when":"amount >","by":"a","why":"b"}""", 400, "condition");
        await host.DecideAsync("t-1");
        await host.FindAsync("t-1");
        await ScoringHost.EventuallyAsync(async () => (await api.AuditAsync()).Entries.Count == 3, "the look is noted");
        var entries = (await api.AuditAsync()).Entries;
        Assert.Equal(
            [
                ("unnamed", "GET /decisions/{id}", "id=t-1", 200), ("=cmd()", "POST /lists/{name}/entries", "name=vip", 202),
                (By, "PUT /lists/{name}", "name=vip", 201),
            ],
            entries.Select(entry => (entry.Who, entry.Action, entry.Subject, entry.Status)));
        Assert.Equal([0, 64, 64], entries.Select(entry => entry.Digest.Length));
        Assert.Equal(entries[1].Hash, entries[0].Before);
        Assert.Equal([2L], (await api.AuditAsync(who: "=cmd()")).Entries.Select(entry => entry.Number));
        var csv = (await host.Http.GetStringAsync("/audit/csv")).Trim().Split('\n');
        Assert.Equal(4, csv.Length);
        Assert.Contains(",'=cmd(),", csv[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE audit SET who = 'nobody' WHERE number = 5", 5, "does not say what it said")]
    [InlineData("UPDATE audit SET at_ms = at_ms + 1 WHERE number = 1", 1, "does not say what it said")]
    [InlineData("UPDATE audit SET hash = before WHERE number = 9", 9, "does not say what it said")]
    [InlineData("DELETE FROM audit WHERE number = 4", 4, "Entry 4 is missing")]
    [InlineData("DELETE FROM audit WHERE number = 1", 1, "Entry 1 is missing")]
    [InlineData("UPDATE audit SET number = 99 WHERE number = 3; UPDATE audit SET number = 3 WHERE number = 4; UPDATE audit SET number = 4 WHERE number = 99", 3, "does not follow")]
    [InlineData("DELETE FROM audit WHERE number = 10", 10, "were cut off or made anew")]
    public async Task Trail_ThatWasTamperedWith_BreaksAtTheEntry_AndTheCommandSaysSo(string sql, long broken, string fault)
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var trail = host.Get<AuditStore>();
        for (var i = 0; i < 10; i++)
        {
            trail.Append([Call(i)]);
        }

        var whole = trail.Verify(last: null);
        Assert.Equal((true, 10L), (whole.IsWhole, whole.Entries));
        Assert.Equal((0, true), await CommandAsync(host, whole.Last, "is whole: 10 entries"));
        using (var connection = host.Store.Connect())
        {
            connection.Execute(sql);
        }

        var found = trail.Verify(whole.Last);
        Assert.Equal((false, (long?)broken), (found.IsWhole, found.FirstBroken));
        Assert.Contains(fault, found.Fault, StringComparison.Ordinal);
        Assert.Equal((1, true), await CommandAsync(host, whole.Last, $"is broken at entry {broken}"));
    }

    [Fact]
    public void Append_ByTwoProcessesAtOnce_MakesOneChain()
    {
        var path = Path.Combine(Folder, "aegis.db");
        var stores = new[] { Store.Open(path, SmallModel.Shards), Store.Open(path, SmallModel.Shards) };
        Parallel.ForEach(Enumerable.Range(0, 200), i => new AuditStore(stores[i % 2]).Append([Call(i), Call(i + 1_000), Call(i + 2_000)]));
        var trail = new AuditStore(stores[0]);
        Assert.Equal((true, 600L), (trail.Verify(last: null).IsWhole, trail.Verify(last: null).Entries));
        Assert.Equal(600, trail.All().Select(entry => entry.Who).Distinct().Count());
    }

    private static AuditedCall Call(int i) => new(TestTransactions.Noon.AddSeconds(i), $"analyst {i}", "POST /verdicts", "", 200, "");

    private static async Task<(int ExitCode, bool Says)> CommandAsync(ScoringHost host, string last, string expected)
    {
        var output = new StringWriter();
        var exitCode = await OperatorCommands.RunAsync(
            ["audit", "verify", "--last", last, "--url", host.Url], new InvocationConfiguration { Output = output, Error = output });
        return (exitCode, output.ToString().Contains(expected, StringComparison.Ordinal));
    }
}

using System.Net.Http.Headers;
using System.Text;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.MachineLearning.Bundles;
using Aegis.Scoring.Operator;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using Dapper;
using System.CommandLine;

namespace Aegis.Tests.Scoring;

public sealed class RecordTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private const string By = "fraud desk";

    [Fact]
    public async Task Decisions_ComeOutTheSame_AfterRulesListsModelAndThresholdsHaveChangedThreeTimes()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var api = new AegisClient(host.Http);
        await api.MakeListAsync("vip", new ListRequest("card", "allow", By: By, Why: "a test"));
        var outcomes = new Dictionary<string, DecisionOutcome>();
        for (var round = 0; round < 4; round++)
        {
            for (var i = 0; i < 3; i++)
            {
                var id = $"t-{round}-{i}";
                outcomes[id] = (await host.DecideAsync(id, $"card-{i}")).Outcome;
            }

            await ChangeAsync(host, api, round);
        }

        Assert.True(outcomes.Values.Distinct().Count() > 1, "the changes decide");
        await host.FindAsync("t-3-2");
        foreach (var (id, outcome) in outcomes)
        {
            var verification = await api.VerifyDecisionAsync(id);
            Assert.True(verification.IsRepeated, string.Join("\n", verification.Values));
            Assert.Equal($"{outcome}", verification.Values.Single(value => value.Name == "outcome").Repeated);
        }

        var record = (await api.FindRecordAsync("t-2-1"))!;
        Assert.True(record.Verification!.IsRepeated);
        Assert.Equal((3, 3), (record.Detectors.Count, record.Rules.Count + 1));
        Assert.Equal(record.Decision.RulesVersion, (await host.FindAsync("t-2-1")).RulesVersion);
        var listing = Assert.Single(record.Listings);
        Assert.Equal(("vip", ListEffect.Allow, "card-1"), (listing.List, listing.Effect, listing.Entry!.Value));
        Assert.Equal((0.5, 50), (record.Thresholds!.ReviewAt, record.Thresholds.DeclineAt));
    }

    [Fact]
    public async Task Decision_WhoseStoredRiskIsNotItsOwn_IsFoundOut_AndTheCommandSaysSo()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        await host.DecideAsync("t-1");
        await host.DecideAsync("t-2");
        await host.FindAsync("t-2");
        using (var connection = host.Store.Connect())
        {
            connection.Execute("UPDATE decisions SET risk = risk + 1e-12 WHERE sequence = 2");
        }

        Assert.Equal((0, true), await CommandAsync(host, "t-1", "comes out the same to the last bit"));
        Assert.Equal((1, true), await CommandAsync(host, "t-2", "! risk"));
        Assert.Equal(["risk"], (await new AegisClient(host.Http).VerifyDecisionAsync("t-2")).Values
            .Where(value => !value.IsEqual).Select(value => value.Name));
    }

    [Fact]
    public async Task Page_ShowsMarkupInAMerchantsNameAsText_AndMayLoadNothing()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        await host.DecideAsync("t-0");
        const string Body = """{"id":"t-1","eventTime":"2026-03-01T12:00:00Z","cardToken":"card-1","amountMinor":4120,"currency":"EUR","merchantId":"m-1","merchantName":"<script>alert(1)</script> & Söhne","mcc":"5411","country":"DE","channel":"chip"}""";
        using (var decided = await host.Http.PostAsync("/decisions", new StringContent(Body, Encoding.UTF8, "application/json")))
        {
            Assert.True(decided.IsSuccessStatusCode, await decided.Content.ReadAsStringAsync());
        }

        await host.FindAsync("t-1");
        using var response = await host.Http.GetAsync("/decisions/t-1/record?format=html");
        var page = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp;", page, StringComparison.Ordinal);
        Assert.Contains("Computed again: the same to the last bit", page, StringComparison.Ordinal);

        await host.RefusesAsync("GET", "/decisions/t-1/record?format=pdf", null, 400, "format is 'pdf'; allowed: json, html");
        await host.RefusesAsync("GET", "/decisions/none/record", null, 404, "No transaction with id 'none'");
        await host.RefusesAsync("POST", "/decisions/none/verify", "", 404, "No transaction with id 'none'");
    }

    /// <summary>Changes the rules, the lists, the model and the thresholds.</summary>
    private async Task ChangeAsync(ScoringHost host, AegisClient api, int round)
    {
        var rule = $"round-{round}";
        await api.WriteRuleAsync(rule, new RuleRequest("amount > 1 and card in vip", "decline", By: By, Why: "a test"));
        foreach (var state in new[] { "shadow", "live" }[..(1 + (round % 2))])
        {
            await api.MoveRuleAsync(rule, new RuleStepRequest(state, By, "a test"));
        }

        await (round == 1
            ? api.PutOnListAsync("vip", new ListEntriesRequest([new ListEntryRequest("card-1")], By, "a test"))
            : api.PutOnListAsync("vip", new ListEntriesRequest([new ListEntryRequest($"card-{3 + round}")], By, "a test")));
        var bundle = new ByteArrayContent(FraudModelFile.Write(small.Model with { Version = $"round-{round}" }));
        bundle.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var posted = await host.Http.PostAsync("/models", bundle);
        Assert.True(posted.IsSuccessStatusCode, await posted.Content.ReadAsStringAsync());
        await api.UseThresholdsAsync(new Thresholds(round == 1 ? 0.5 : round * 0.25, 50));
    }

    private static async Task<(int ExitCode, bool Says)> CommandAsync(ScoringHost host, string id, string expected)
    {
        var output = new StringWriter();
        var exitCode = await OperatorCommands.RunAsync(
            ["verify", "--decision", id, "--url", host.Url], new InvocationConfiguration { Output = output, Error = output });
        return (exitCode, output.ToString().Contains(expected, StringComparison.Ordinal));
    }
}

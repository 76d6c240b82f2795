using System.Net.Http.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Rules.Sets;
using Aegis.Rules.Starter;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using Dapper;

namespace Aegis.Tests.Scoring;

public sealed class RuleLifeTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    [Fact]
    public async Task Rule_ThroughItsWholeLife_CountsDecidesPausesAndEnds_AlsoOverARestart()
    {
        string set;
        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            var api = new AegisClient(host.Http);
            Assert.Null((await api.RulesAsync()).InForce);
            Assert.Null((await host.DecideAsync("before")).RulesVersion);
            var draft = await api.WriteRuleAsync("groceries", Rule("mcc == '5411' and amount > 40", DecisionOutcome.Decline, "by-hand"));
            Assert.Equal((1, RuleState.Draft), (draft.Version, draft.State));
            Assert.Null((await host.DecideAsync("draft")).RulesVersion);

            Assert.Equal(RuleState.Shadow, (await Move(api, RuleState.Shadow)).State);
            var shadow = await host.DecideAsync("shadow");
            Assert.Equal((DecisionOutcome.Approve, null), (shadow.Outcome, shadow.ModelOutcome));
            Assert.Equal([new RuleHit("groceries", 1, IsLive: false, DecisionOutcome.Decline, 0, "by-hand")], shadow.Rules);

            await Move(api, RuleState.Live);
            var live = await host.DecideAsync("live");
            Assert.Equal((DecisionOutcome.Decline, DecisionOutcome.Approve), (live.Outcome, live.ModelOutcome));
            Assert.True(Assert.Single(live.Rules!).IsLive);
            var stored = await host.FindAsync("live");
            Assert.Equal((live.Outcome, live.ModelOutcome, live.RulesVersion), (stored.Outcome, stored.ModelOutcome, stored.RulesVersion));
            Assert.Equal(live.Rules, stored.Rules);
            set = live.RulesVersion!;
            Assert.Equal(set, (await api.RulesAsync()).InForce);
        }

        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            var api = new AegisClient(host.Http);
            Assert.Equal((DecisionOutcome.Decline, set), Of(await host.DecideAsync("restarted")));
            await api.WriteRuleAsync("groceries", Rule("mcc == '5411'", DecisionOutcome.Review));
            await Move(api, RuleState.Shadow);
            var both = await host.DecideAsync("both");
            Assert.Equal([(1, true), (2, false)], both.Rules!.Select(hit => (hit.Version, hit.IsLive)));
            await Move(api, RuleState.Live);
            var second = await host.DecideAsync("second");
            Assert.Equal((DecisionOutcome.Review, 2), (second.Outcome, Assert.Single(second.Rules!).Version));
            Assert.Contains("is retired and cannot become live; allowed: nothing more. Write a new version.", await Refusal(
                api, RuleState.Live, version: 1), StringComparison.Ordinal);
            await Move(api, RuleState.Paused);
            var paused = await host.DecideAsync("paused");
            Assert.Equal((DecisionOutcome.Approve, null), (paused.Outcome, paused.Rules));
            await Move(api, RuleState.Retired);

            var versions = await api.RuleAsync("groceries");
            Assert.Equal([RuleState.Retired, RuleState.Retired], versions.Select(version => version.State));
            Assert.Equal(
                [RuleState.Draft, RuleState.Shadow, RuleState.Live, RuleState.Retired], versions[1].Steps.Select(step => step.State));
            Assert.Equal("Version 2 takes its place.", versions[1].Steps[^1].Why);
            Assert.Equal((4, 3, 3), (versions[1].Matches.Matches, versions[1].Matches.Alone, versions[1].Matches.Live));
            var found = await host.Http.GetFromJsonAsync<RuleSet>($"/rules/sets/{set}", AegisJson.Options);
            Assert.Equal(set, found!.Version());
        }
    }

    [Fact]
    public async Task Labels_OfMatches_AreCounted()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var api = new AegisClient(host.Http);
        await api.WriteRuleAsync("groceries", Rule("mcc == '5411'", DecisionOutcome.Review));
        await Move(api, RuleState.Shadow);
        foreach (var id in new[] { "a", "b", "c" })
        {
            await host.DecideAsync(id);
            await host.FindAsync(id);
        }

        await api.LabelAsync([new LabelRequest("a", true), new LabelRequest("b", true), new LabelRequest("c", false)]);
        await api.LabelAsync(new LabelRequest("b", false));
        await ScoringHost.EventuallyAsync(
            async () => (await api.RuleAsync("groceries"))[0].Matches is { Matches: 3, Fraud: 1, Genuine: 2 }, "one fraud, two genuine");
    }

    [Fact]
    public async Task FirstStart_PutsTheStarterPackIntoShadow_AndALaterOneLeavesTheRulesAlone()
    {
        var changed = 0;
        for (var start = 0; start < 2; start++)
        {
            await using var host = await ScoringHost.StartAsync(small, Server, Folder, "Scoring:StarterRules=true");
            var api = new AegisClient(host.Http);
            await ScoringHost.EventuallyAsync(
                async () => (await host.DecideAsync($"{start}-{changed++}")).RulesVersion is not null, "the pack is in force");
            var rules = (await api.RulesAsync()).Rules;
            Assert.Equal(StarterPack.Rules.Select(rule => rule.Name).Order(StringComparer.Ordinal), rules.Select(rule => rule.Name));
            Assert.Equal(start == 0 ? 12 : 11, rules.Count(rule => rule.State == RuleState.Shadow));
            if (start == 0)
            {
                await api.MoveRuleAsync("wrong-pins", new RuleStepRequest("retired", "an analyst", "a test"));
            }
        }
    }

    [Fact]
    public async Task StarterPack_OnALogThatIsNotNew_IsNotAdded()
    {
        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            await host.DecideAsync("before");
            await host.FindAsync("before");
        }

        await using (var host = await ScoringHost.StartAsync(small, Server, Folder, "Scoring:StarterRules=true"))
        {
            await host.DecideAsync("after");
            Assert.Empty((await new AegisClient(host.Http).RulesAsync()).Rules);
        }
    }

    [Fact]
    public async Task SetOfAnEarlierChange_ThatComesLate_HasNoEffect()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var api = new AegisClient(host.Http);
        await api.WriteRuleAsync("groceries", Rule("mcc == '5411'", DecisionOutcome.Review));
        await Move(api, RuleState.Shadow);
        var shadow = (await host.DecideAsync("a")).RulesVersion;
        await Move(api, RuleState.Live);
        await host.Get<TransactionLog>().AppendControlAsync(
            new ControlEntry { Kind = ControlEntry.Rules, Version = shadow, Revision = 2 }, TestContext.Current.CancellationToken);
        Assert.Equal(DecisionOutcome.Review, (await host.DecideAsync("b")).Outcome);
    }

    [Fact]
    public async Task Start_AfterAChangeThatWasCutShort_BringsItIntoForce()
    {
        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            var api = new AegisClient(host.Http);
            await api.WriteRuleAsync("groceries", Rule("mcc == '5411'", DecisionOutcome.Review));
            // As if the process had died between the store and the log.
            using var connection = host.Store.Connect();
            var set = new RuleSet([new RuleInForce(1, "groceries", 1, new RuleDefinition
                { When = "mcc == '5411'", Then = DecisionOutcome.Review }, 1)]);
            connection.Execute(
                """
                INSERT INTO rule_sets (version, body, added_at_ms) VALUES (@version, @body, 0);
                INSERT INTO rule_steps (rule_id, state, share, author, reason, at_ms, set_id) VALUES (1, 2, 1, 'x', 'y', 0, 1)
                """,
                new { version = set.Version(), body = set.ToJson() });
        }

        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            await ScoringHost.EventuallyAsync(
                async () => (await host.DecideAsync($"{Guid.NewGuid()}")).Outcome == DecisionOutcome.Review, "the change is in force");
        }
    }

    [Theory]
    [InlineData("PUT", "/rules/r", """{"when":"amont > 5","then":"review","by":"me","why":"x"}""", 400,
        "when is 'amont > 5'; allowed: a condition without faults. Column 1: 'amont' is not known; alike: amount")]
    [InlineData("PUT", "/rules/r", """{"by":"me","why":"x"}""", 400, "the end stands where a value is expected")]
    [InlineData("PUT", "/rules/R", """{"when":"amount > 5","then":"review","by":"me","why":"x"}""", 400, "name is 'R'; allowed: 1 to 64")]
    [InlineData("PUT", "/rules/sets", """{"when":"amount > 5","then":"review","by":"me","why":"x"}""", 400,
        "name is 'sets'; allowed: 1 to 64")]
    [InlineData("PUT", "/rules/r", """{"when":"amount > 5","then":"review","why":"x"}""", 400, "by is missing; allowed: who does this")]
    [InlineData("PUT", "/rules/r", """{"when":"amount > 5","then":"review","by":"me","why":" "}""", 400, "why is ' '; allowed: the reason")]
    [InlineData("PUT", "/rules/r", """{"when":"amount > 5","by":"me","why":"x"}""",
        400, "then is missing; allowed: approve, review or decline")]
    [InlineData("PUT", "/rules/r", """{"when":"amount > 5","then":"stop","by":"me","why":"x"}""",
        400, "then is 'stop'; allowed: approve, review, decline")]
    [InlineData("PUT", "/rules/r", """{"when":"amount > 5","then":"review","points":1000,"by":"me","why":"x"}""", 400, "points is '1000'")]
    [InlineData("PUT", "/rules/r", """{"when":"card == '4111111111111111'","then":"review","by":"me","why":"x"}""", 400, "no card number")]
    [InlineData("PUT", "/rules/r", """{"when":"amount > 5","then":"review","by":"me","why":"x","live":true}""", 400, "live")]
    [InlineData("POST", "/rules/none/state", """{"state":"live","by":"me","why":"x"}""", 404, "There is no rule 'none'")]
    [InlineData("POST", "/rules/kept/state", """{"state":"live","version":7,"by":"me","why":"x"}""",
        404, "There is no version 7 of rule 'kept'")]
    [InlineData("POST", "/rules/kept/state", """{"state":"live","by":"me","why":"x"}""",
        409, "is draft and cannot become live; allowed: shadow, retired")]
    [InlineData("POST", "/rules/kept/state", """{"state":"draft","by":"me","why":"x"}""", 400, "state is 'draft'; allowed: shadow, live")]
    [InlineData("POST", "/rules/kept/state", """{"by":"me","why":"x"}""", 400, "state is missing")]
    [InlineData("POST", "/rules/kept/state", """{"state":"live","share":0,"by":"me","why":"x"}""", 400, "share is '0'; allowed: above 0")]
    [InlineData("POST", "/rules/kept/state", """{"state":"shadow","share":0.5,"by":"me","why":"x"}""", 400, "1 unless the state is live")]
    [InlineData("POST", "/rules/check", """{"when":"country == 'XX1'"}""", 400, "Column 12: 'country' is never 'XX1'")]
    [InlineData("GET", "/rules/none", null, 404, "There is no rule 'none'")]
    [InlineData("GET", "/rules/sets/none", null, 404, "no rules 'none'")]
    public async Task Call_WithAFault_SaysWhatIsAllowedAndChangesNothing(
        string method, string path, string? body, int status, string mentions)
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var api = new AegisClient(host.Http);
        await api.WriteRuleAsync("kept", Rule("amount > 5", DecisionOutcome.Review));
        await host.RefusesAsync(method, path, body, status, mentions);
        var only = Assert.Single((await api.RulesAsync()).Rules);
        Assert.Equal(("kept", 1, RuleState.Draft), (only.Name, only.Version, only.State));
    }

    [Fact]
    public async Task Names_AndCheck_ServeAnEditor()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var api = new AegisClient(host.Http);
        Assert.Equal(
            ["amount", "country", "hour"],
            (await api.CheckRuleAsync("hour > 5 and country == 'DE' and amount > 5 and hour < 9")).Names.Order(StringComparer.Ordinal));
        var names = await api.RuleNamesAsync();
        Assert.Equal("chip, contactless, swipe, ecommerce, atm, moto", names.Single(name => name.Name == "channel").Allowed);
        Assert.Contains(names, name => name is { Name: "count_10m", Type: "number", Allowed: null });
    }

    private static RuleRequest Rule(string when, DecisionOutcome then, string? tag = null) =>
        new(when, $"{then}".ToLowerInvariant(), Tag: tag, By: "an analyst", Why: "a test");

    private static Task<RuleReport> Move(AegisClient api, RuleState state, int? version = null) => api.MoveRuleAsync(
        "groceries", new RuleStepRequest($"{state}".ToLowerInvariant(), "an analyst", "a test", Version: version),
        TestContext.Current.CancellationToken);

    private static async Task<string> Refusal(AegisClient api, RuleState state, int version) =>
        (await Assert.ThrowsAsync<AegisRefusedException>(() => Move(api, state, version))).Message;

    private static (DecisionOutcome, string?) Of(Decision decision) => (decision.Outcome, decision.RulesVersion);
}

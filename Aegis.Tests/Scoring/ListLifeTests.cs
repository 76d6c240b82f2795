using System.Diagnostics;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using Dapper;

namespace Aegis.Tests.Scoring;

public sealed class ListLifeTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private const string By = "an analyst";
    private const string Card = "card-7";

    [Fact]
    public async Task Entry_ThroughItsLife_IsInForceAtOnce_AlsoOverARestart_AndLeavesATrace()
    {
        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            var api = new AegisClient(host.Http);
            Assert.Null((await host.DecideAsync("before", Card)).ListsRevision);
            await MakeAsync(api, "blocked_cards", "card", "block");
            var clock = Stopwatch.StartNew();
            Assert.Equal(new ListChanged(1, 1, 0), await PutAsync(api, "blocked_cards", Card));
            await ScoringHost.EventuallyAsync(
                async () => (await host.DecideAsync($"{Guid.NewGuid()}", Card)).Outcome == DecisionOutcome.Decline, "the card is blocked");
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));

            var declined = await host.DecideAsync("declined", Card);
            var entry = Assert.Single((await api.FindListAsync("blocked_cards"))!.Entries);
            Assert.Equal((Card, "a test", By, null), (entry.Value, entry.Reason, entry.By, entry.Until));
            Assert.Equal((DecisionOutcome.Decline, DecisionOutcome.Approve, 1), (
                declined.Outcome, declined.ModelOutcome, declined.ListsRevision));
            Assert.Equal([new ListHit("blocked_cards", ListSubject.Card, ListEffect.Block, entry.Id)], declined.Lists);
            var stored = await host.FindAsync("declined");
            Assert.Equal((declined.Outcome, declined.ListsRevision), (stored.Outcome, stored.ListsRevision));
            Assert.Equal(declined.Lists, stored.Lists);
            Assert.Null((await host.DecideAsync("other", "card-8")).Lists);
        }

        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            var api = new AegisClient(host.Http);
            Assert.Equal(DecisionOutcome.Decline, (await host.DecideAsync("restarted", Card)).Outcome);
            Assert.Equal(new ListChanged(2, 0, 1), await api.RemoveFromListAsync(
                "blocked_cards", new ListRemovalRequest([Card, "unknown"], By, "it was a mistake")));
            var after = await host.DecideAsync("after", Card);
            Assert.Equal((DecisionOutcome.Approve, 2), (after.Outcome, after.ListsRevision));
            Assert.Equal(0, Assert.Single(await api.ListsAsync()).Entries);
            // What was decided under it still names the entry.
            var hit = Assert.Single((await host.FindAsync("declined")).Lists!);
            var entry = await api.FindListEntryAsync("blocked_cards", hit.Entry);
            Assert.Equal((Card, "a test", By), (entry!.Value, entry.Reason, entry.By));
            Assert.Equal((By, "it was a mistake"), (entry.Removed!.By, entry.Removed.Why));
            Assert.Null(await api.FindListEntryAsync("blocked_cards", 99));
        }
    }

    [Fact]
    public async Task Rule_ThatNamesAList_FollowsItsEntries()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var api = new AegisClient(host.Http);
        await MakeAsync(api, "vip", "card", "none");
        await api.WriteRuleAsync("not-vip", new RuleRequest("mcc == '5411' and card not in vip", "decline", By: By, Why: "a test"));
        await api.MoveRuleAsync("not-vip", new RuleStepRequest("shadow", By, "a test"));
        await api.MoveRuleAsync("not-vip", new RuleStepRequest("live", By, "a test"));
        Assert.Equal(DecisionOutcome.Decline, (await host.DecideAsync("a", Card)).Outcome);
        await PutAsync(api, "vip", Card);
        var vip = await host.DecideAsync("b", Card);
        Assert.Equal((DecisionOutcome.Approve, null), (vip.Outcome, vip.Lists));
        Assert.Equal(DecisionOutcome.Decline, (await host.DecideAsync("c", "card-8")).Outcome);
    }

    [Fact]
    public async Task Snooze_OfARule_LetsThePaymentsOfACardPass_UntilItEnds()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var api = new AegisClient(host.Http);
        await api.WriteRuleAsync("groceries", new RuleRequest("mcc == '5411'", "decline", By: By, Why: "a test"));
        await api.MoveRuleAsync("groceries", new RuleStepRequest("shadow", By, "a test"));
        await api.MoveRuleAsync("groceries", new RuleStepRequest("live", By, "a test"));
        await api.SnoozeAsync(new SnoozeRequest("groceries", "card", Card, "2999-01-01T00:00:00Z", By, "a customer called"));
        var snoozed = await host.DecideAsync("a", Card);
        Assert.Equal((DecisionOutcome.Approve, false), (snoozed.Outcome, Assert.Single(snoozed.Rules!).IsLive));
        Assert.Equal(DecisionOutcome.Decline, (await host.DecideAsync("b", "card-8")).Outcome);
        var snooze = Assert.Single(await api.SnoozesAsync());
        Assert.Equal(("groceries", ListSubject.Card, Card, "a customer called"), (snooze.Rule, snooze.Of, snooze.Value, snooze.Why));
        await api.EndSnoozeAsync(snooze.Id, new SnoozeEndRequest(By, "done"));
        Assert.Empty(await api.SnoozesAsync());
        Assert.Equal(DecisionOutcome.Decline, (await host.DecideAsync("c", Card)).Outcome);
        await Assert.ThrowsAsync<AegisRefusedException>(() => api.EndSnoozeAsync(snooze.Id, new SnoozeEndRequest(By, "twice")));
    }

    [Fact]
    public async Task CardNumber_OnAList_IsKeptAsItsToken()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var api = new AegisClient(host.Http);
        await MakeAsync(api, "watched", "card", "watch");
        await PutAsync(api, "watched", "4111 1111 1111 1111");
        var entry = Assert.Single((await api.FindListAsync("watched", value: "4111111111111111"))!.Entries);
        Assert.Matches("^[A-Za-z0-9_-]{24}$", entry.Value);
        Assert.DoesNotContain("4111", await api.ExportListAsync("watched"), StringComparison.Ordinal);
        Assert.Equal(DecisionOutcome.Review, (await host.DecideAsync("a", entry.Value)).Outcome);
    }

    [Fact]
    public async Task Csv_OutAndIn_IsTheSameList_AndChangesNothing()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var api = new AegisClient(host.Http);
        await MakeAsync(api, "merchants", "merchant", "watch");
        var changed = await api.ImportListAsync(
            "merchants",
            "\"value\",reason,until\nm-1,\"=1+1, \"\"quoted\"\"\",2999-01-01T00:00:00Z\n-m 2,,\nm-3,'plain,\nm-1,again,\n", By, "a file");
        Assert.Equal(new ListChanged(1, 3, 0), changed);
        await PutAsync(api, "merchants", "m-4");
        var csv = await api.ExportListAsync("merchants");
        Assert.Contains("'-m 2,a file,an analyst,", csv, StringComparison.Ordinal);
        var entries = (await api.FindListAsync("merchants"))!.Entries;
        Assert.Equal(["-m 2", "m-1", "m-3", "m-4"], entries.Select(entry => entry.Value).Order(StringComparer.Ordinal));
        Assert.Equal("again", entries.Single(entry => entry.Value == "m-1").Reason);
        Assert.Equal("'plain", entries.Single(entry => entry.Value == "m-3").Reason);

        var replaced = await api.ImportListAsync("merchants", "value\nm-1\nm-5\n", By, "another file", replaces: true);
        Assert.Equal((2, 4), (replaced.Added, replaced.Removed));
        Assert.Equal(0, (await api.ImportListAsync("merchants", "value\nm-5\nm-1\n", By, "once more", replaces: true)).Added);
        Assert.Equal(2, Assert.Single(await api.ListsAsync()).Entries);
    }

    [Fact]
    public async Task Start_AfterAChangeThatWasCutShort_BringsItIntoForce()
    {
        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            await MakeAsync(new AegisClient(host.Http), "blocked", "card", "block");
            // As if the process had died between the store and the log.
            using var connection = host.Store.Connect();
            connection.Execute(
                """
                INSERT INTO list_revisions (author, reason, at_ms) VALUES ('x', 'y', 0);
                INSERT INTO list_entries (list_id, value, added) VALUES (1, 'card-7', 1)
                """);
        }

        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            await ScoringHost.EventuallyAsync(
                async () => (await host.DecideAsync($"{Guid.NewGuid()}", Card)).Outcome == DecisionOutcome.Decline, "the card is blocked");
        }
    }

    [Fact]
    public async Task Revision_ThatTheStoreLacks_OrThatComesLate_HasNoEffect()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var api = new AegisClient(host.Http);
        await MakeAsync(api, "blocked", "card", "block");
        await PutAsync(api, "blocked", Card);
        await PutAsync(api, "blocked", "card-8");
        foreach (var revision in new[] { 1, 99 })
        {
            await host.Get<TransactionLog>().AppendControlAsync(
                new ControlEntry { Kind = ControlEntry.Lists, Revision = revision }, TestContext.Current.CancellationToken);
        }

        Assert.Equal(2, (await host.DecideAsync("a", "card-8")).ListsRevision);
        await ScoringHost.EventuallyAsync(
            async () => (await api.DeadLettersAsync()).DeadLetters is { Count: > 0 } letters
                && letters.All(letter => letter.Reason.Contains(
                    "revision 99 of lists into force, which is not in the store; allowed: at most 2", StringComparison.Ordinal)),
            "the entry is a dead letter of each shard");
    }

    [Theory]
    [InlineData("PUT", "/lists/Vip", """{"of":"card","by":"me","why":"x"}""", 400, "name is 'Vip'; allowed: 1 to 64 of a-z 0-9 _")]
    [InlineData("PUT", "/lists/vip", """{"of":"cards","by":"me","why":"x"}""", 400,
        "of is 'cards'; allowed: card, merchant, device, ip, country, bin")]
    [InlineData("PUT", "/lists/vip", """{"of":"card","effect":"stop","by":"me","why":"x"}""", 400,
        "effect is 'stop'; allowed: none, allow, block, watch")]
    [InlineData("PUT", "/lists/vip", """{"of":"card","why":"x"}""", 400, "by is missing; allowed: who does this")]
    [InlineData("PUT", "/lists/blocked", """{"of":"card","by":"me","why":"x"}""", 409, "There is a list 'blocked' already")]
    [InlineData("GET", "/lists/none", null, 404, "There is no list 'none'; allowed: one that GET /lists names.")]
    [InlineData("GET", "/lists/none/csv", null, 404, "There is no list 'none'")]
    [InlineData("GET", "/lists/blocked/entries/x", null, 404, "List 'blocked' never had an entry 'x'")]
    [InlineData("GET", "/lists/blocked?limit=0", null, 400, "limit is '0'; allowed: 1 to 1000")]
    [InlineData("GET", "/lists/blocked?before=x", null, 400, "before is 'x'; allowed: 1 to")]
    [InlineData("POST", "/lists/none/entries", """{"entries":[{"value":"x"}],"by":"me","why":"x"}""", 404, "There is no list 'none'")]
    [InlineData("POST", "/lists/blocked/entries", """{"entries":[],"by":"me","why":"x"}""", 400,
        "entries is '0 items'; allowed: 1 to 100000 items")]
    [InlineData("POST", "/lists/blocked/entries", """{"by":"me","why":"x"}""", 400, "entries is missing; allowed: 1 to 100000 items")]
    [InlineData("POST", "/lists/blocked/entries", """{"entries":[{"value":"ok"},{"value":""}],"by":"me","why":"x"}""", 400,
        "entries[1].value is ''; allowed: a card's token")]
    [InlineData("POST", "/lists/blocked/entries", """{"entries":[null],"by":"me","why":"x"}""", 400, "entries[0].value is missing")]
    [InlineData("POST", "/lists/blocked/entries", """{"entries":[{"value":"x","until":"2020-01-01T00:00:00Z"}],"by":"me","why":"x"}""", 400,
        "entries[0].until is '2020-01-01T00:00:00Z'; allowed: an ISO 8601 time")]
    [InlineData("POST", "/lists/blocked/entries", """{"entries":[{"value":"x","reason":"a\u202eb"}],"by":"me","why":"x"}""", 400,
        "entries[0].reason is")]
    [InlineData("POST", "/lists/blocked/removals", """{"values":[null],"by":"me","why":"x"}""", 400, "values[0] is missing")]
    [InlineData("POST", "/lists/blocked/csv?by=me&why=x&replace=yes", "value\nx\n", 400, "replace is 'yes'; allowed: true or false")]
    [InlineData("POST", "/lists/blocked/csv?by=me", "value\nx\n", 400, "why is missing; allowed: the reason")]
    [InlineData("POST", "/lists/blocked/csv?by=me&why=x", "card\nx\n", 400, "header is 'card'; allowed: value, and as wished")]
    [InlineData("POST", "/lists/blocked/csv?by=me&why=x", "", 400, "header is")]
    [InlineData("POST", "/lists/blocked/csv?by=me&why=x", "value\n", 400, "body is 'no entry'; allowed: a header and 1 to 100000 lines")]
    [InlineData("POST", "/lists/blocked/csv?by=me&why=x", "value,until\nx,soon\ny\n", 400, "line 2: until is 'soon'; allowed: an ISO")]
    [InlineData("POST", "/lists/blocked/csv?by=me&why=x", "value,until\ny\n", 400, "line 2 is '1 cells'; allowed: 2 cells")]
    [InlineData("POST", "/snoozes", """{"rule":"r","of":"card","value":"x","until":"2999-01-01T00:00:00Z","by":"me","why":"x"}""", 404,
        "There is no rule 'r'; allowed: one that GET /rules lists.")]
    [InlineData("POST", "/snoozes", """{"rule":"r","of":"ip","value":"x","until":"2999-01-01T00:00:00Z","by":"me","why":"x"}""", 400,
        "of is 'ip'; allowed: card, merchant")]
    [InlineData("POST", "/snoozes", """{"rule":"r","of":"card","value":"x","by":"me","why":"x"}""", 400,
        "until is missing; allowed: an ISO")]
    [InlineData("POST", "/snoozes/x/end", """{"by":"me","why":"x"}""", 404, "There is no snooze 'x'")]
    public async Task WrongRequest_IsRefused_WithWhatIsAllowed(string method, string path, string? body, int status, string expected)
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        await MakeAsync(new AegisClient(host.Http), "blocked", "card", "block");
        var type = path.Contains("/csv", StringComparison.Ordinal) ? "text/csv" : "application/json";
        await host.RefusesAsync(method, path, body, status, expected, type);
    }

    private static Task<ListReport> MakeAsync(AegisClient api, string name, string of, string effect) =>
        api.MakeListAsync(name, new ListRequest(of, effect, By: By, Why: "a test"));

    private static Task<ListChanged> PutAsync(AegisClient api, string name, string value) =>
        api.PutOnListAsync(name, new ListEntriesRequest([new ListEntryRequest(value)], By, "a test"));
}

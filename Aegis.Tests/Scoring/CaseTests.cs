using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Scoring.Cases;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace Aegis.Tests.Scoring;

public sealed class CaseTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private const string Ann = "first analyst";
    private const string Bob = "second analyst";

    private readonly ShiftedTime _time = new();

    [Fact]
    public async Task Alerts_OfACard_GatherInOneCase_OnceEach_AlsoOverARestart()
    {
        await using (var host = await StartAsync())
        {
            await host.DecideAsync("fine", "card-9");
            await FlagAsync(host, "a1", "card-1");
            await FlagAsync(host, "b1", "card-2");
            await FlagAsync(host, "a2", "card-1");
            var page = await PageAsync(host, alerts: 3);
            Assert.Equal((2, 0), (page.Open, page.Waiting));
            // A tenth of earlier alerts counts as fraud while none is decided; 41.20 EUR each.
            Assert.Equal([("card-1", 2, 82.4, 8.24), ("card-2", 1, 41.2, 4.12)], page.Cases.Select(found => (
                found.CardToken, found.Undecided, Math.Round(found.Amount, 6), Math.Round(found.Priority, 6))));
            var found = (await Api(host).FindCaseAsync(page.Cases[0].Id))!;
            Assert.Equal(["a2", "a1"], found.Alerts.Select(alert => alert.TransactionId));
            Assert.All(found.Alerts, alert => Assert.Equal((DecisionOutcome.Review, null), (alert.Outcome, alert.Verdict)));
            Assert.Equal([("Aegis", "opened", "a1")], found.Events.Select(happened => (happened.By, happened.What, happened.Detail)));
            Assert.Null(await Api(host).FindCaseAsync(99));
        }

        await using (var host = await StartAsync())
        {
            await FlagAsync(host, "a3", "card-1");
            Assert.Equal([3, 1], (await PageAsync(host, alerts: 4)).Cases.Select(found => found.Alerts));
        }
    }

    [Fact]
    public async Task Claim_KeepsOthersAway_UntilItsOwnerIsIdle()
    {
        await using var host = await StartAsync();
        var (api, id) = (Api(host), await CaseOfAsync(host, "a1", "card-1"));
        Assert.Equal(Ann, (await api.ClaimCaseAsync(id, new CaseClaimRequest(Ann))).Owner);
        Assert.Contains(
            $"'{Ann}' works on case {id} until", await RefusalAsync(() => api.ClaimCaseAsync(id, new CaseClaimRequest(Bob))),
            StringComparison.Ordinal);
        await RefusalAsync(() => api.NoteCaseAsync(id, new CaseNoteRequest(Bob, "mine")));
        await RefusalAsync(() => api.JudgeAsync(new VerdictRequest("fraud", "stolen-card", Case: id, By: Bob)));
        await RefusalAsync(() => api.MoveCaseAsync(id, new CaseStateRequest("closed", Bob, "mine")));
        await RefusalAsync(() => api.AddCaseFileAsync(id, "a.txt", "x"u8.ToArray(), Bob));
        Assert.Equal(id, Assert.Single((await api.CasesAsync(owner: Ann)).Cases).Id);
        Assert.Empty((await api.CasesAsync(owner: Bob)).Cases);

        _time.Ahead += TimeSpan.FromMinutes(10);
        await api.NoteCaseAsync(id, new CaseNoteRequest(Ann, "still here\nsecond line"));
        _time.Ahead += TimeSpan.FromMinutes(10);
        await RefusalAsync(() => api.ClaimCaseAsync(id, new CaseClaimRequest(Bob)));
        _time.Ahead += TimeSpan.FromMinutes(6);
        Assert.Null((await api.FindCaseAsync(id))!.Case.Owner);
        Assert.Equal(Bob, (await api.ClaimCaseAsync(id, new CaseClaimRequest(Bob))).Owner);
        Assert.Null((await api.ReleaseCaseAsync(id, new CaseClaimRequest(Bob))).Owner);
        Assert.Equal(
            ["opened", "claimed", "noted", "claimed", "released"], (await api.FindCaseAsync(id))!.Events.Select(happened => happened.What));
    }

    [Fact]
    public async Task Fraud_ClosesTheCase_BlocksTheCard_AndIsALabelTenMinutesLater()
    {
        await using var host = await StartAsync();
        var (api, id) = (Api(host), await CaseOfAsync(host, "a1", "card-1"));
        await api.MakeListAsync("blocked", new ListRequest("card", "block", By: Ann, Why: "a test"));
        var given = await api.JudgeAsync(new VerdictRequest("fraud", "stolen-card", Case: id, BlockCardOn: "blocked", By: Ann));
        Assert.Equal(
            (VerdictKind.Fraud, "stolen-card", TimeSpan.FromMinutes(10)), (given.Verdict, given.Reason, given.UndoableUntil - given.At));
        Assert.Equal(["a1"], given.Transactions);
        Assert.Equal(["blocked: card-1"], given.Listed);
        var found = (await api.FindCaseAsync(id))!;
        Assert.Equal((CaseState.Closed, 0, 0), (found.Case.State, found.Case.Undecided, found.Case.Priority));
        Assert.Equal(VerdictKind.Fraud, Assert.Single(found.Alerts).Verdict);
        Assert.Equal(DecisionOutcome.Decline, (await host.DecideAsync("a2", "card-1")).Outcome);

        // Longer than the labels' own pause.
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        Assert.Null((await api.FindDecisionAsync("a1"))!.Verdicts);
        _time.Ahead += TimeSpan.FromMinutes(10);
        await ScoringHost.EventuallyAsync(
            async () => (await api.FindDecisionAsync("a1"))!.Verdicts is [{ IsFraud: true } known]
                && Math.Abs((known.KnownAt - given.At).TotalSeconds) < 1, "the payment is labelled with the day of the verdict");
        Assert.Contains(
            "could be undone until", await RefusalAsync(() => api.UndoVerdictAsync(given.Id, new VerdictUndoRequest(Ann, "late"))),
            StringComparison.Ordinal);
        // The declined payment after it is a case of its own.
        Assert.Equal("card-1", Assert.Single((await PageAsync(host, alerts: 1)).Cases).CardToken);
    }

    [Fact]
    public async Task Undo_InTime_OpensTheCase_TakesTheCardOffTheList_AndNoLabelFollows()
    {
        await using var host = await StartAsync();
        var (api, id) = (Api(host), await CaseOfAsync(host, "a1", "card-1"));
        await api.MakeListAsync("blocked", new ListRequest("card", "block", By: Ann, Why: "a test"));
        await api.JudgeAsync(new VerdictRequest("legitimate", "usual", Transactions: ["a1"], By: Ann));
        var second = await api.JudgeAsync(
            new VerdictRequest("fraud", "stolen-card", Transactions: ["a1"], BlockCardOn: "blocked", By: Ann, Note: "a note"));
        var undone = await api.UndoVerdictAsync(second.Id, new VerdictUndoRequest(Ann, "the wrong card"));
        Assert.Equal((Ann, "the wrong card"), (undone.Undone!.By, undone.Undone.Why));
        Assert.Equal(VerdictKind.Legitimate, Assert.Single((await api.FindCaseAsync(id))!.Alerts).Verdict);
        Assert.Empty((await api.FindListAsync("blocked"))!.Entries);
        Assert.Contains(
            $"'{Ann}' has undone", await RefusalAsync(() => api.UndoVerdictAsync(second.Id, new VerdictUndoRequest(Bob, "x"))),
            StringComparison.Ordinal);

        var first = (await api.VerdictsAsync("a1"))[0];
        await api.UndoVerdictAsync(first.Id, new VerdictUndoRequest(Ann, "not sure"));
        var found = (await api.FindCaseAsync(id))!;
        Assert.Equal((CaseState.Open, 1, null), (found.Case.State, found.Case.Undecided, found.Alerts[0].Verdict));
        _time.Ahead += TimeSpan.FromMinutes(11);
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        Assert.Null((await api.FindDecisionAsync("a1"))!.Verdicts);
    }

    [Fact]
    public async Task LaterVerdict_IsTheOnlyLabel_AndUnsureIsNone()
    {
        await using var host = await StartAsync();
        var api = Api(host);
        await CaseOfAsync(host, "a1", "card-1");
        await CaseOfAsync(host, "b1", "card-2");
        await api.JudgeAsync(new VerdictRequest("fraud", "stolen-card", Transactions: ["a1", "b1", "a1"], By: Ann));
        await api.JudgeAsync(new VerdictRequest("legitimate", "travel", Transactions: ["a1"], By: Ann));
        await api.JudgeAsync(new VerdictRequest("unsure", "no-answer", Transactions: ["b1"], By: Ann));
        Assert.Equal([CaseState.Open], (await api.CasesAsync(card: "card-2")).Cases.Select(found => found.State));
        _time.Ahead += TimeSpan.FromMinutes(10);
        await ScoringHost.EventuallyAsync(
            async () => (await api.FindDecisionAsync("a1"))!.Verdicts is [{ IsFraud: false }], "only the later verdict is a label");
        Assert.Null((await api.FindDecisionAsync("b1"))!.Verdicts);
    }

    [Fact]
    public async Task Waiting_EndsWithANewAlert_AndAClosedCaseLeavesItsCardToTheNext()
    {
        await using var host = await StartAsync();
        var (api, id) = (Api(host), await CaseOfAsync(host, "a1", "card-1"));
        Assert.Equal(CaseState.Waiting, (await api.MoveCaseAsync(id, new CaseStateRequest("waiting", Ann, "called"))).State);
        await RefusalAsync(() => api.MoveCaseAsync(id, new CaseStateRequest("waiting", Ann, "called")));
        Assert.Equal(1, (await api.CasesAsync("waiting")).Waiting);
        await FlagAsync(host, "a2", "card-1");
        Assert.Equal(CaseState.Open, Assert.Single((await PageAsync(host, alerts: 2)).Cases).State);
        var first = await api.JudgeAsync(new VerdictRequest("legitimate", "usual", Case: id, By: Ann));
        Assert.Equal(2, first.Transactions.Count);
        Assert.Contains("has no undecided alert", await RefusalAsync(
            () => api.JudgeAsync(new VerdictRequest("fraud", "other", Case: id, By: Ann))), StringComparison.Ordinal);

        await FlagAsync(host, "a3", "card-1");
        var second = Assert.Single((await PageAsync(host, alerts: 1)).Cases);
        Assert.NotEqual(id, second.Id);
        // The card has an unfinished case: the one before stays closed, whatever becomes of its verdict.
        await api.UndoVerdictAsync(first.Id, new VerdictUndoRequest(Ann, "too quick"));
        Assert.Equal((CaseState.Closed, 2), ((await api.FindCaseAsync(id))!.Case.State, (await api.FindCaseAsync(id))!.Case.Undecided));
        await RefusalAsync(() => api.MoveCaseAsync(id, new CaseStateRequest("open", Ann, "again")));
        await api.MoveCaseAsync(second.Id, new CaseStateRequest("closed", Ann, "belongs to the other"));
        Assert.Equal(CaseState.Open, (await api.MoveCaseAsync(id, new CaseStateRequest("open", Ann, "again"))).State);
        Assert.Equal([second.Id], (await api.CasesAsync("closed")).Cases.Select(found => found.Id));
    }

    [Fact]
    public async Task Files_ComeBackAsTheyWere_ToBeSaved()
    {
        await using var host = await StartAsync();
        var (api, id) = (Api(host), await CaseOfAsync(host, "a1", "card-1"));
        byte[] page = [.. "<script>alert(1)</script>"u8];
        var file = await api.AddCaseFileAsync(id, "Beleg für März.html", page, Ann);
        Assert.Equal(("Beleg für März.html", page.Length, Ann), (file.Name, file.Bytes, file.By));
        Assert.Equal(page, await api.CaseFileAsync(id, file.Id));
        using var response = await host.Http.GetAsync($"/cases/{id}/files/{file.Id}", TestContext.Current.CancellationToken);
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(file, Assert.Single((await api.FindCaseAsync(id))!.Files));
        await RefusalAsync(() => api.CaseFileAsync(id + 1, file.Id));
        var large = await Assert.ThrowsAsync<AegisRefusedException>(() => api.AddCaseFileAsync(id, "big", new byte[5_000_001], Ann));
        Assert.Equal(413, large.Status);
        for (var more = 1; more < 20; more++)
        {
            await api.AddCaseFileAsync(id, $"{more}.txt", "x"u8.ToArray(), Ann);
        }

        Assert.Contains(
            "has 20 files", await RefusalAsync(() => api.AddCaseFileAsync(id, "21.txt", "x"u8.ToArray(), Ann)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_GiveEveryCaseOnce_ByPriorityOrByAge()
    {
        await using var host = await StartAsync();
        var cards = Enumerable.Range(0, 7).Select(i => $"page-{i}").ToArray();
        foreach (var card in cards)
        {
            await FlagAsync(host, $"{card}-1", card);
        }

        await FlagAsync(host, "page-3-2", "page-3");
        await PageAsync(host, alerts: 8);
        foreach (var order in new[] { "priority", "age" })
        {
            var seen = new List<string>();
            string? after = null;
            do
            {
                var page = await Api(host).CasesAsync(order: order, after: after, limit: 3);
                seen.AddRange(page.Cases.Select(found => found.CardToken));
                after = page.Next;
            }
            while (after is not null);
            Assert.Equal(order == "age" ? cards : ["page-3", .. cards.Reverse().Where(card => card != "page-3")], seen);
        }
    }

    /// <summary>(f + 20 s) / (n + 20), s = (F + 1) / (N + 10).</summary>
    [Theory]
    [InlineData(0, 0, 5.5, 0.1)]
    [InlineData(30, 40, 5.5, (30 + (20 * 31.0 / 50)) / 60)]
    [InlineData(30, 40, 6.5, 31.0 / 50)]
    public void Odds_AreThoseOfDecidedAlertsOfLikeRisk(long frauds, long all, double risk, double expected) =>
        Assert.Equal(expected, CaseOdds.Share(new Dictionary<int, (long, long)> { [5] = (frauds, all) }, risk), 12);

    private static AegisClient Api(ScoringHost host) => new(host.Http);

    private async Task<ScoringHost> StartAsync()
    {
        var host = await ScoringHost.StartAsync(
            small, Server, Folder, builder => builder.Services.AddSingleton<TimeProvider>(_time));
        if ((await Api(host).ListsAsync()).Count == 0)
        {
            await Api(host).MakeListAsync("watched", new ListRequest("card", "watch", By: Ann, Why: "a test"));
        }

        return host;
    }

    /// <summary>Decides a payment that is flagged because its card is watched.</summary>
    private static async Task FlagAsync(ScoringHost host, string id, string card)
    {
        await Api(host).PutOnListAsync("watched", new ListEntriesRequest([new ListEntryRequest(card)], Ann, "a test"));
        Assert.NotEqual(DecisionOutcome.Approve, (await host.DecideAsync(id, card)).Outcome);
    }

    private static async Task<long> CaseOfAsync(ScoringHost host, string id, string card)
    {
        await FlagAsync(host, id, card);
        var found = 0L;
        await ScoringHost.EventuallyAsync(
            async () => (found = (await Api(host).CasesAsync(card: card)).Cases.SingleOrDefault()?.Id ?? 0) > 0, $"a case of {card}");
        return found;
    }

    /// <summary>The unfinished cases, once they have so many alerts.</summary>
    private static async Task<CasePage> PageAsync(ScoringHost host, int alerts)
    {
        var page = new CasePage([], null, 0, 0);
        await ScoringHost.EventuallyAsync(
            async () => (page = await Api(host).CasesAsync()).Cases.Sum(found => found.Alerts) == alerts, $"cases of {alerts} alerts");
        return page;
    }

    private static async Task<string> RefusalAsync(Func<Task> call) => (await Assert.ThrowsAsync<AegisRefusedException>(call)).Message;
}

using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Dashboard.Components.Controls;
using Aegis.Dashboard.Feed;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace Aegis.Tests.Dashboard.Controls;

public sealed class ControlTests : IAsyncDisposable
{
    private readonly BunitContext _context = new();

    public ControlTests()
    {
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
        _context.Services.AddMudServices();
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Theory]
    [InlineData(DecisionOutcome.Approve, "approve")]
    [InlineData(DecisionOutcome.Review, "review")]
    [InlineData(DecisionOutcome.Decline, "decline")]
    public void OutcomeBadge_BearsItsOutcomeAsTextAndAsClass(DecisionOutcome outcome, string text)
    {
        var badge = _context.Render<OutcomeBadge>(parameters => parameters.Add(p => p.Outcome, outcome)).Find("span");
        Assert.Equal((text, $"badge {text}"), (badge.TextContent, badge.ClassName));
    }

    [Fact]
    public void StatTile_ShowsALabelAValue_AndANoteWhereThereIsOne()
    {
        var tile = _context.Render<StatTile>(
            parameters => parameters.Add(p => p.Label, "Decided").Add(p => p.Value, "1,234").Add(p => p.TestId, "decided"));
        Assert.Equal(("Decided", "1,234"), (tile.Find(".label").TextContent, tile.Find("[data-testid=decided]").TextContent));
        Assert.Empty(tile.FindAll(".note"));
        tile.Render(parameters => parameters.Add(p => p.Note, "12 a second"));
        Assert.Equal("12 a second", tile.Find(".note").TextContent);
    }

    [Fact]
    public void FlaggedList_OfNothing_SaysSo()
    {
        var list = _context.Render<FlaggedList>(parameters => parameters.Add(p => p.Decisions, []));
        Assert.Equal("Nothing has been flagged yet.", list.Find("p").TextContent);
        Assert.Empty(list.FindAll("li"));
    }

    [Fact]
    public void FlaggedList_ShowsEachDecisionWithItsFirstReason_AndLeadsToIt()
    {
        var plain = Decisions.Flagged("t-1");
        var told = Decisions.Flagged(
            "a=b,c") with { Reasons = [new ReasonCode(
                "A", "a", 1, 0.6, "Ten times the usual."), new ReasonCode("B", "b", 1, 0.4, "Not this one.")] };
        var list = _context.Render<FlaggedList>(parameters => parameters.Add(p => p.Decisions, [told, plain]));
        Assert.Equal(["decisions/a%3Db%2Cc", "decisions/t-1"], list.FindAll("a").Select(link => link.GetAttribute("href")));
        Assert.Equal("Ten times the usual.", Assert.Single(list.FindAll(".reason")).TextContent);
        var second = list.FindAll("li")[1];
        Assert.Equal("41.20 EUR", second.QuerySelector("strong")!.TextContent);
        Assert.Equal("DE · grocery shops · 12:00:00 UTC", second.QuerySelector(".where")!.TextContent);
        Assert.Equal("950.2", second.QuerySelector(".score")!.TextContent);
        Assert.Equal("review", second.QuerySelector(".badge")!.TextContent);
    }

    [Fact]
    public void DecisionTable_ShowsARowADecision_UnderItsLabel()
    {
        var table = _context.Render<DecisionTable>(
            parameters => parameters.Add(
                p => p.Decisions, [Decisions.Flagged("t-1"), Decisions.Flagged("t-2")]).Add(p => p.Label, "The last transactions"));
        Assert.Equal("The last transactions", table.Find("table").GetAttribute("aria-label"));
        var rows = table.FindAll("tbody tr");
        Assert.Equal(2, rows.Count);
        Assert.Equal(
            ["03-01 12:00:00", "t-2", "41.20 EUR", "m-1", "DE", "chip", "950.2", "review", "2.0 ms"],
            rows[1].QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()));
        Assert.Equal("decisions/t-2", rows[1].QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void DecisionTable_WithoutDecisions_SaysSo()
    {
        var table = _context.Render<DecisionTable>(parameters => parameters.Add(p => p.Decisions, []).Add(p => p.Label, "x"));
        Assert.Contains("No transactions yet.", table.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void VolumeNotices_NameAShortageAtOnce_AWarningQuietly_AndNothingElse()
    {
        var notices = _context.Render<VolumeNotices>(parameters => parameters.Add(p => p.Volumes,
        [
            new VolumeReport("/", "the store", 1 << 30, HoursLeft: null, Shortage: null, Warning: null),
            new VolumeReport("/a", "the store", 100, HoursLeft: 0, Shortage: "The volume /a is short.", Warning: null),
            new VolumeReport("/b", "the log", 1 << 30, HoursLeft: 3, Shortage: null, Warning: "The volume /b fills."),
        ]));
        Assert.Equal(
            [("alert", "The volume /a is short."), ("status", "The volume /b fills.")],
            notices.FindAll(".notice").Select(notice => (notice.GetAttribute("role"), notice.TextContent.Trim())));
    }

    [Fact]
    public void PaceChart_BeforeAnythingMoves_IsASentence()
    {
        var noon = TestTransactions.Noon.UtcDateTime;
        var chart = _context.Render<PaceChart>(parameters => parameters.Add(p => p.Points, [new PacePoint(noon, 5, 1, 2)]));
        Assert.Equal("Shown once transactions come in.", chart.Find("p").TextContent);
        chart.Render(
            parameters => parameters.Add(p => p.Points, [new PacePoint(noon, 0, 1, 2), new PacePoint(noon.AddSeconds(1), 0, 1, 2)]));
        Assert.Single(chart.FindAll("p"));
    }
}

using Aegis.Core.Decisions;
using Aegis.Dashboard.Components.Controls;
using Bunit;

namespace Aegis.Tests.Dashboard.Controls;

public sealed class RuleHitsTests : IAsyncDisposable
{
    private readonly BunitContext _context = new();

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void OfADecisionThatNoRuleMatched_ShowsNothing() => Assert.Equal("", Render(Decisions.Flagged("a")).Markup.Trim());

    [Fact]
    public void TellsEachRule_AndWhatTheModelsAloneHadSaid()
    {
        var panel = Render(Decisions.Flagged("a") with
        {
            ModelOutcome = DecisionOutcome.Approve,
            Rules =
            [
                new RuleHit("night-electronics", 2, IsLive: true, DecisionOutcome.Review, 5, "night"),
                new RuleHit("far-away", 1, IsLive: false, null, -1, null),
                new RuleHit("<b>", 1, IsLive: false, null, 0, "t"),
            ],
        });
        Assert.Equal("approve", panel.Find(".badge").TextContent);
        Assert.Equal(
            ["night-electronics, version 2: review, +5 points, tag night", "far-away, version 1: −1 point (counted only)",
                "<b>, version 1: tag t (counted only)"],
            panel.FindAll("li").Select(line => line.TextContent));
    }

    [Theory]
    [InlineData(ListSubject.Card, ListEffect.Block, "decline, as the card is on it")]
    [InlineData(ListSubject.Merchant, ListEffect.Watch, "review, as the merchant is on it")]
    [InlineData(ListSubject.Ip, ListEffect.Allow, "approve, as the address is on it")]
    [InlineData(ListSubject.Bin, ListEffect.Block, "decline, as the BIN is on it")]
    public void TellsEachList(ListSubject of, ListEffect effect, string expected)
    {
        var panel = Render(Decisions.Flagged("a") with { Lists = [new ListHit("some_list", of, effect, 1)] });
        Assert.Equal("Lists", panel.Find("h2").TextContent);
        Assert.Equal($"some_list: {expected}", Assert.Single(panel.FindAll("li")).TextContent);
    }

    [Fact]
    public void OfRulesAndLists_NamesBoth() => Assert.Equal("Rules and lists", Render(Decisions.Flagged("a") with
    {
        Lists = [new ListHit("l", ListSubject.Card, ListEffect.Block, 1)],
        Rules = [new RuleHit("r", 1, IsLive: true, DecisionOutcome.Review, 0, null)],
    }).Find("h2").TextContent);

    [Fact]
    public void WhereTheRulesChangedNothing_LeavesTheModelsOut() => Assert.Empty(Render(Decisions.Flagged("a") with
        { Rules = [new RuleHit("r", 1, IsLive: true, DecisionOutcome.Review, 0, null)] }).FindAll(".badge"));

    private IRenderedComponent<RuleHits> Render(Decision decision) =>
        _context.Render<RuleHits>(parameters => parameters.Add(p => p.Decision, decision));
}

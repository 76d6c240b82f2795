using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Aegis.Rules.Sets;
using static Aegis.Tests.Rules.RuleInputs;

namespace Aegis.Tests.Rules;

public sealed class RuleBookTests
{
    private const string Always = "amount > 0";

    [Theory]
    [InlineData(3, "", DecisionOutcome.Approve)]
    [InlineData(3, "review", DecisionOutcome.Review)]
    [InlineData(3, "approve", DecisionOutcome.Approve)]
    [InlineData(3, "decline", DecisionOutcome.Decline)]
    [InlineData(5, "approve", DecisionOutcome.Approve)]
    [InlineData(5, "approve review", DecisionOutcome.Approve)]
    [InlineData(5, "approve decline", DecisionOutcome.Decline)]
    [InlineData(8, "review", DecisionOutcome.Decline)]
    [InlineData(8, "approve", DecisionOutcome.Approve)]
    public void Apply_OfRulesThatDisagree_FollowsTheirOrderOfRank(double risk, string outcomes, DecisionOutcome expected)
    {
        var rules = outcomes.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select((name, i) => Rule(Always, Enum.Parse<DecisionOutcome>(name, ignoreCase: true), id: i + 1)).ToArray();
        Assert.Equal(expected, Apply(Of(risk: risk), rules).Outcome);
        Assert.Equal(expected, Apply(Of(risk: risk), [.. rules.Reverse()]).Outcome);
    }

    /// <summary>From risk 3 to the review threshold of 4 it takes 1 nat, which are 4.34 points; to 7, 17.4.</summary>
    [Theory]
    [InlineData(4, 0, DecisionOutcome.Approve)]
    [InlineData(5, 0, DecisionOutcome.Review)]
    [InlineData(2, 3, DecisionOutcome.Review)]
    [InlineData(17, 0, DecisionOutcome.Review)]
    [InlineData(18, 0, DecisionOutcome.Decline)]
    [InlineData(18, -5, DecisionOutcome.Review)]
    [InlineData(-50, 0, DecisionOutcome.Approve)]
    public void Apply_OfPoints_AddsThemUp(double first, double second, DecisionOutcome expected) =>
        Assert.Equal(expected, Apply(Of(risk: 3), Rule(Always, points: first), Rule(Always, points: second, id: 2)).Outcome);

    [Fact]
    public void Apply_OfAShadow_CountsItAndDecidesNothing()
    {
        var (outcome, matches) = Apply(
            Of(), Rule("hour == 1"), Rule(Always, DecisionOutcome.Decline, share: 0, id: 2), Rule(Always, points: 5, id: 3));
        Assert.Equal(DecisionOutcome.Review, outcome);
        Assert.Equal([new RuleMatch(0, 1, IsLive: false), new RuleMatch(0, 2, IsLive: true)], matches);
    }

    [Fact]
    public void Share_DividesCards_TheSameWayForEachVersionOfARule()
    {
        var (first, second) = (Live(share: 0.3, version: 1), Live(share: 0.3, version: 2));
        Assert.InRange(first.Count, 2_800, 3_200);
        Assert.Equal(first, second);
        Assert.Equal(10_000, Live(share: 1, version: 1).Count);
        Assert.Empty(Live(share: 0, version: 1));
        Assert.Empty(first.Except(Live(share: 0.5, version: 1)));

        static List<int> Live(double share, int version)
        {
            var book = new RuleBook(new RuleSet([Rule(Always, DecisionOutcome.Decline, share: share) with { Version = version }]), Names);
            var (matches, memory) = (new Matches(), book.CreateMemory());
            for (var card = 0; card < 10_000; card++)
            {
                book.Apply(Of(card: StableHash.Hash64($"card-{card}")), Policy, card, matches, memory);
            }

            return [.. matches.Rules.Where(match => match.IsLive).Select(match => match.Row)];
        }
    }

    [Fact]
    public void Version_OfASet_NamesItsContent()
    {
        var set = new RuleSet([Rule(Always, DecisionOutcome.Review)]);
        Assert.Equal(set.Version(), RuleSet.Parse(set.ToJson()).Version());
        Assert.Matches("^rules-[0-9a-f]{16}$", set.Version());
        Assert.NotEqual(set.Version(), new RuleSet([Rule(Always, DecisionOutcome.Review, share: 0.5)]).Version());
        Assert.NotEqual(set.Version(), new RuleSet([]).Version());
    }

    [Theory]
    [InlineData("when", "amount >")]
    [InlineData("when", "card == '4111 1111 1111 1111'")]
    [InlineData("points", Always, 101)]
    [InlineData("points", Always, double.NaN)]
    [InlineData("tag", Always, 1, "Tag")]
    [InlineData("then", Always, 0, null)]
    public void Faults_NameTheFieldAndWhatIsAllowed(string field, string when, double points = 1, string? tag = null)
    {
        var faults = new RuleDefinition { When = when, Points = points, Tag = tag }.Faults(Names);
        Assert.Contains(faults, fault => fault.Field == field);
        Assert.DoesNotContain("1111 1111", string.Join(' ', faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_OfAGoodRule_AreNone() => Assert.Empty(new RuleDefinition
        { When = Always, Then = DecisionOutcome.Review, Points = -100, Tag = "card-testing-2", Description = "x" }.Faults(Names));
}

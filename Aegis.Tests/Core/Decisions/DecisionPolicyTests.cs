using Aegis.Core.Decisions;

namespace Aegis.Tests.Core.Decisions;

public sealed class DecisionPolicyTests
{
    [Theory]
    [InlineData(4.9, DecisionOutcome.Approve)]
    [InlineData(5, DecisionOutcome.Review)]
    [InlineData(7.9, DecisionOutcome.Review)]
    [InlineData(8, DecisionOutcome.Decline)]
    [InlineData(double.NaN, DecisionOutcome.Approve)]
    public void Decide_FlagsFromAThresholdOn(double risk, DecisionOutcome outcome) =>
        Assert.Equal(outcome, new DecisionPolicy(5, 8, new AlertBudget()).Decide(risk));

    [Fact]
    public void FromBudget_CountsACardOnceADay_ByItsHighestRisk()
    {
        // 10 cards pay ten times on each of 10 days; the risk of a card's day is its number, 0 to 99, reached once.
        var scored = Enumerable.Range(
            0, 1_000).Select(i => (Card: $"card-{i % 10}", Day: i / 100, Risk: i % 100 < 90 ? -1.0 : (10 * (i / 100)) + (i % 10))).ToList();
        // 100 of 10,000 payments: ten card-days of a thousand payments, two of them declined.
        var policy = DecisionPolicy.FromBudget(scored, new AlertBudget(100, 0.2));
        Assert.Equal((90, 98), (policy.ReviewAt, policy.DeclineAt));
        Assert.Equal(new AlertBudget(100, 0.2), policy.Budget);
        // Never none.
        policy = DecisionPolicy.FromBudget(scored, new AlertBudget(0.001, 0));
        Assert.Equal((99, 99), (policy.ReviewAt, policy.DeclineAt));
        // Nor more than there are.
        policy = DecisionPolicy.FromBudget(scored, new AlertBudget(10_000, 1));
        Assert.Equal((0, 0), (policy.ReviewAt, policy.DeclineAt));
    }

    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(-1, 0.2)]
    [InlineData(10_000.5, 0.2)]
    [InlineData(100, -0.1)]
    [InlineData(100, 1.1)]
    [InlineData(double.NaN, 0.2)]
    public void FromBudget_OfABudgetOutOfRange_NamesIt(double cards, double share) => Assert.StartsWith(
        $"A budget of {cards} cards per 10,000 and a decline share of {share}; allowed: above 0 to 10,000, and 0 to 1.",
        Assert.Throws<ArgumentException>(
            () => DecisionPolicy.FromBudget([("a", 1, 1)], new AlertBudget(cards, share))).Message, StringComparison.Ordinal);

    [Fact]
    public void FromBudget_OfNoPayments_IsRefused() => Assert.StartsWith(
        "0 payments; allowed: 1 or more.",
        Assert.Throws<ArgumentException>(() => DecisionPolicy.FromBudget([], new AlertBudget())).Message, StringComparison.Ordinal);
}

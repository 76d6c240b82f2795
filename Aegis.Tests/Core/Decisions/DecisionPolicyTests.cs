using Aegis.Core.Decisions;
using Aegis.Core.Numerics;

namespace Aegis.Tests.Core.Decisions;

public sealed class DecisionPolicyTests
{
    [Theory]
    [InlineData(4.9, DecisionOutcome.Approve)]
    [InlineData(5, DecisionOutcome.Review)]
    [InlineData(7.9, DecisionOutcome.Review)]
    [InlineData(8, DecisionOutcome.Decline)]
    [InlineData(double.NaN, DecisionOutcome.Approve)]
    public void Decide_FlagsFromAThresholdOn_WhateverTheId(double risk, DecisionOutcome outcome)
    {
        var policy = new DecisionPolicy(5, 8, new AlertBudget());
        Assert.Equal((outcome, outcome), (policy.Decide(risk, 0), policy.Decide(risk, ulong.MaxValue)));
        Assert.False(policy.SplitsTies);
    }

    [Theory]
    [InlineData(4.9, 0, DecisionOutcome.Approve)]
    [InlineData(5, 0.49, DecisionOutcome.Review)]
    [InlineData(5, 0.5, DecisionOutcome.Approve)]
    [InlineData(5.1, 0.99, DecisionOutcome.Review)]
    [InlineData(8, 0.24, DecisionOutcome.Decline)]
    [InlineData(8, 0.25, DecisionOutcome.Review)]
    [InlineData(8.1, 0.99, DecisionOutcome.Decline)]
    [InlineData(double.NaN, 0, DecisionOutcome.Approve)]
    public void Decide_ExactlyAtAThreshold_GoesByTheHashOfTheId(double risk, double hash, DecisionOutcome outcome)
    {
        var policy = new DecisionPolicy(5, 8, new AlertBudget()) { ReviewTies = 0.5, DeclineTies = 0.25 };
        Assert.Equal(outcome, policy.Decide(risk, (ulong)(hash * Math.Pow(2, 64))));
        Assert.True(policy.SplitsTies);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public void FromBudget_OfFewDistinctPayments_KeepsTheBudget(int distinct)
    {
        // 20,000 payments of a card each: 200 are flagged and 40 of them declined, give or take three standard deviations.
        var scored = Enumerable.Range(0, 20_000).Select(i => (Card: i, Day: 0, Risk: (double)(i % distinct))).ToList();
        var policy = DecisionPolicy.FromBudget(scored, new AlertBudget(100, 0.2));
        Assert.Equal((distinct - 1, distinct - 1), (policy.ReviewAt, policy.DeclineAt));
        Assert.Equal((0.01 * distinct, 0.002 * distinct), (policy.ReviewTies, policy.DeclineTies), Nearly);
        var outcomes = scored.Select(payment => policy.Decide(payment.Risk, StableHash.Hash64($"t-{payment.Card}"))).ToList();
        Assert.InRange(outcomes.Count(outcome => outcome != DecisionOutcome.Approve), 158, 242);
        Assert.InRange(outcomes.Count(outcome => outcome == DecisionOutcome.Decline), 21, 59);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public void FromBudget_OfFewPayments_FlagsTheRiskiestWithTheChanceOfTheBudget(int payments)
    {
        var scored = Enumerable.Range(0, payments).Select(i => (Card: i, Day: 0, Risk: (double)i)).ToList();
        var policy = DecisionPolicy.FromBudget(scored, new AlertBudget(100, 0));
        Assert.Equal((payments - 1, payments - 1), (policy.ReviewAt, policy.DeclineAt));
        Assert.Equal((0.01 * payments, 0), (policy.ReviewTies, policy.DeclineTies), Nearly);
    }

    [Fact]
    public void FromBudget_OfCardsThatTieManyTimesADay_CountsCardsAndNotPayments()
    {
        // 100 cards, half of them to flag. A card has 49 chances a day, or one.
        var scored = Enumerable.Range(0, 100)
            .SelectMany(card => Enumerable.Repeat((Card: card, Day: 0, Risk: 3.0), card < 50 ? 49 : 1)).ToList();
        var policy = DecisionPolicy.FromBudget(scored, new AlertBudget(200));
        // 2,500 payments have a budget of 50 cards: 50 (1 - (1 - s)^49) + 50 s = 50.
        Assert.Equal(50, (50 * (1 - Math.Pow(1 - policy.ReviewTies, 49))) + (50 * policy.ReviewTies), 6);
    }

    [Fact]
    public void FromBudget_OfRisksThatAllDiffer_FlagsEveryPaymentAtTheThreshold()
    {
        var scored = Enumerable.Range(0, 1_000).Select(i => (Card: i, Day: 0, Risk: i * 0.1)).ToList();
        foreach (var cards in new[] { 10.0, 33.3, 1_234.5, 10_000 })
        {
            Assert.False(DecisionPolicy.FromBudget(scored, new AlertBudget(cards, 1)).SplitsTies);
        }
    }

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
        // Never without a threshold.
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
        Assert.Throws<ArgumentException>(() => DecisionPolicy.FromBudget<string>([], new AlertBudget())).Message, StringComparison.Ordinal);

    private static bool Nearly((double, double) expected, (double, double) actual) =>
        Math.Abs(expected.Item1 - actual.Item1) < 1e-12 && Math.Abs(expected.Item2 - actual.Item2) < 1e-12;
}

using Aegis.Core.Decisions;

namespace Aegis.Tests.Core.Decisions;

public sealed class DecisionTests
{
    [Theory]
    [InlineData(DecisionOutcome.Approve, false)]
    [InlineData(DecisionOutcome.Review, true)]
    [InlineData(DecisionOutcome.Decline, true)]
    public void IsFlagged_OfReviewAndDecline(DecisionOutcome outcome, bool expected) =>
        Assert.Equal(expected, (Dashboard.Decisions.Flagged("t-1") with { Outcome = outcome }).IsFlagged);

    [Fact]
    public void FactsVersionOf_ZeroIsNone_AndOthersAreTheirMoment()
    {
        Assert.Null(Decision.FactsVersionOf(0));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddMilliseconds(1), Decision.FactsVersionOf(1));
    }
}

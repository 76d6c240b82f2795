using Aegis.Core.Decisions;

namespace Aegis.Tests.Core.Decisions;

public sealed class AssessmentTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.6931471805599453, 500)]
    [InlineData(6.907755278982137, 999)]
    [InlineData(double.PositiveInfinity, 1_000)]
    public void Score_IsTheShareThatLookedLessRiskyInThousandths(double risk, double score) =>
        Assert.Equal(score, new Assessment(0, 0, 0, 0, 0, 0, risk).Score, 1e-9);
}

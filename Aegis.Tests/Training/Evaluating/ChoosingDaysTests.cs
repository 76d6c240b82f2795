using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Evaluating;

namespace Aegis.Tests.Training.Evaluating;

public sealed class ChoosingDaysTests
{
    private static readonly DateRange Test = SmallDataset.Days(20, 29);

    [Fact]
    public void Of_Neither_IsNone() => Assert.Null(ChoosingDays.Of(null, null, Test));

    [Fact]
    public void Of_DaysThatEndBeforeTheTest_AreThose() =>
        Assert.Equal(
            new ChoosingDays(SmallDataset.Days(1, 5), SmallDataset.Days(6, 19)),
            ChoosingDays.Of(SmallDataset.Days(1, 5), SmallDataset.Days(6, 19), Test));

    [Fact]
    public void Of_DaysThatReachIntoTheTest_IsRefused() => Assert.Equal(
        "--judge is '2025-03-07..2025-03-21'; allowed: days before the first of --test 2025-03-21..2025-03-30: "
        + "nothing is chosen by what it is reported on.",
        Assert.Throws<ArgumentException>(() => ChoosingDays.Of(SmallDataset.Days(1, 5), SmallDataset.Days(6, 20), Test)).Message);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_OneAlone_IsRefused(bool isFit)
    {
        DateRange? days = SmallDataset.Days(1, 5);
        var error = Assert.Throws<ArgumentException>(() => ChoosingDays.Of(isFit ? days : null, isFit ? null : days, Test));
        Assert.Equal("--choose and --judge belong together; one of them is missing.", error.Message);
    }
}

using Aegis.MachineLearning.TailSums;
using Aegis.MachineLearning.Trainers;
using Microsoft.ML;

namespace Aegis.Tests.MachineLearning.Trainers;

public sealed class DetectorEstimatorTests
{
    private readonly MLContext _context = new(seed: 1);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.1, 10)]
    [InlineData(0.25, 25)]
    [InlineData(0.5, 50)]
    public void Fit_WithAContamination_PutsTheThresholdSoThatSoManyRowsReachIt(double contamination, int flagged)
    {
        // The higher the value the rarer: scores are all different.
        var table = new FloatRows([.. Enumerable.Range(0, 100).Select(i => (float)i)], 1);
        var fitted = _context.AnomalyDetection.Trainers.TailSum(
            options: new TailSumOptions { Directed = [true] }, contamination: contamination).Fit(table);
        Assert.Equal(flagged, fitted.ScoreAll(table.Rows).Count(score => score >= fitted.Threshold));
        Assert.Equal(contamination == 0, double.IsPositiveInfinity(fitted.Threshold));
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(0.51)]
    [InlineData(double.NaN)]
    public void AContamination_OutOfRange_IsRefused(double contamination) => Assert.StartsWith(
        FormattableString.Invariant($"contamination is '{contamination}'; allowed: 0 to 0.5."),
        Assert.Throws<ArgumentException>(() => _context.AnomalyDetection.Trainers.TailSum(contamination: contamination)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void ATailSum_OfSidesForOtherColumns_IsRefused() => Assert.StartsWith(
        "Directed has 2 values; allowed: 3, one a column.",
        Assert.Throws<ArgumentException>(
            () => _context.AnomalyDetection.Trainers.TailSum(
                options: new TailSumOptions { Directed = [true, false] }).Fit(new FloatRows(new float[30], 3))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(700)]
    public void ScoreAll_OfAnyNumberOfRows_ScoresEachAsAlone(int count)
    {
        float[] rows = [.. Enumerable.Range(0, count * 2).Select(i => (float)(i * 7919 % 1009))];
        var fitted = new TailSumTransformer(TailSum.Fit(rows, [true, false]));
        var scores = fitted.ScoreAll(rows);
        Assert.Equal(count, scores.Length);
        for (var row = 0; row < count; row++)
        {
            Assert.Equal(fitted.TailSum.Score(rows.AsSpan(2 * row, 2)), scores[row]);
        }
    }
}

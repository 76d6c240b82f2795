using Aegis.MachineLearning.Tables;

namespace Aegis.Tests.MachineLearning.Tables;

public sealed class TableEncoderTests
{
    [Fact]
    public void Encode_IsTheDistanceFromTheMedianInSpreads()
    {
        // Medians 5 and 50; quartiles 3 and 7, 30 and 70.
        double[] rows = [.. Enumerable.Range(1, 9).SelectMany(i => new[] { i, 10.0 * i })];
        var encoder = TableEncoder.Fit(rows, 2);
        Assert.Equal(2, encoder.Columns);
        Assert.Equal([0, (float)(1.349 * 4 / 4), (float)(1.349 * -2 / 4), 0], encoder.Encode([5, 90, 3, 50]));
    }

    [Fact]
    public void Encode_OfLargeNumbersCloseTogether_KeepsTheirDifferences()
    {
        double[] rows = [.. Enumerable.Range(0, 9).Select(i => 1.7e9 + i)];
        var inputs = TableEncoder.Fit(rows, 1).Encode(rows);
        Assert.Equal(Enumerable.Range(0, 9).Select(i => (float)(1.349 * (i - 4) / 4)), inputs);
        Assert.Single(rows.Select(value => (float)value).Distinct());
    }

    [Fact]
    public void Encode_OfAMissingNumber_IsTheMedian_WhichKnownNumbersAloneDecide()
    {
        double[] rows = [double.NaN, 1, 2, double.NaN, 3, 4, 5, double.NaN];
        var encoder = TableEncoder.Fit(rows, 1);
        Assert.Equal([0, 0], encoder.Encode([double.NaN, 3]));
        Assert.Equal(TableEncoder.Fit([1, 2, 3, 4, 5], 1).Encode([1, 5]), encoder.Encode([1, 5]));
    }

    [Fact]
    public void Fit_OfAColumnWithoutAnyNumber_LeavesItsNumbersAsTheyAre() =>
        Assert.Equal([0, 7], TableEncoder.Fit([double.NaN, double.NaN], 1).Encode([double.NaN, 7]));

    [Fact]
    public void Fit_OfAColumnThatSeldomVaries_TakesItsDeviation_ElseOne()
    {
        // Mean 2, squares 9 · 4 + 18² over ten.
        Assert.Equal([0, (float)(20 / 6.0)], TableEncoder.Fit([0, 0, 0, 0, 0, 0, 0, 0, 0, 20], 1).Encode([0, 20]));
        Assert.Equal([0, 1], TableEncoder.Fit([0.1, 0.1, 0.1], 1).Encode([0.1, 1.1]));
    }

    [Fact]
    public void Encode_OfFarNumbers_StaysFiniteAndLeavesTheOthersApart()
    {
        var encoder = TableEncoder.Fit([0, float.Epsilon, 2 * float.Epsilon, 3 * float.Epsilon, float.MaxValue], 1);
        Assert.Equal([float.MaxValue, float.MinValue], encoder.Encode([float.MaxValue, float.MinValue]));
        Assert.True(encoder.Encode([0])[0] < encoder.Encode([float.Epsilon])[0]);
    }
}

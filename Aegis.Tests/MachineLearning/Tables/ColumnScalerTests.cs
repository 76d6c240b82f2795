using Aegis.MachineLearning.Tables;

namespace Aegis.Tests.MachineLearning.Tables;

public sealed class ColumnScalerTests
{
    [Fact]
    public void Scale_IsTheDistanceFromTheMeanInDeviations()
    {
        // Means 3 and 30, deviations √2 and √200.
        float[] rows = [1, 10, 2, 20, 3, 30, 4, 40, 5, 50];
        var scaler = ColumnScaler.Fit(rows, rows, 2);
        Assert.Equal(2, scaler.Columns);
        Assert.Equal([(float)(-2 / Math.Sqrt(2)), (float)(20 / Math.Sqrt(200)), 0, 0], Scaled(scaler, 1, 50, 3, 30));
    }

    [Fact]
    public void Fit_OfAColumnThatOnlyOthersVary_TakesTheOrdinaryMeanAndTheirDeviation()
    {
        var scaler = ColumnScaler.Fit([7, 7], [7, 7, 7, 15], 1);
        // All rows have mean 9 and deviation √((3 · 4 + 36) / 4).
        Assert.Equal([(float)(8 / Math.Sqrt(12)), 0], Scaled(scaler, 15, 7));
    }

    [Fact]
    public void Fit_OfAColumnThatNeverVaries_TakesOneForItsDeviation()
    {
        // A third of a third is no third: only an exact test knows that nothing varies.
        var scaler = ColumnScaler.Fit([0.1f, 0.1f, 0.1f], [0.1f, 0.1f, 0.1f], 1);
        Assert.Equal([0, 1], Scaled(scaler, 0.1f, 1.1f).Select(value => MathF.Round(value, 6)));
    }

    [Fact]
    public void Scale_OfTheLargestFloats_DoesNotOverflowOnTheWay()
    {
        float[] rows = [float.MaxValue, float.MinValue];
        var scaler = ColumnScaler.Fit(rows, rows, 1);
        Assert.Equal([1, -1], Scaled(scaler, float.MaxValue, float.MinValue));
    }

    private static float[] Scaled(ColumnScaler scaler, params float[] rows)
    {
        var scaled = new float[rows.Length];
        scaler.Scale(rows, scaled);
        return scaled;
    }
}

using Aegis.MachineLearning.Tables;

namespace Aegis.Tests.MachineLearning.Tables;

public sealed class TableShapeTests
{
    [Fact]
    public void Check_OfRowsAndScoresThatFit_Passes()
    {
        TableShape.Check(new float[6], 2, 3, new double[2]);
        TableShape.Check(new float[6], 2, 3, new double[9]);
        TableShape.Check([], 0, 3, []);
    }

    [Theory]
    [InlineData(5, 2, 2)]
    [InlineData(7, 2, 2)]
    [InlineData(6, 2, 1)]
    [InlineData(6, -2, 2)]
    [InlineData(0, 1, 1)]
    public void Check_OfWhatDoesNotFit_SaysWhat(int values, int rows, int scores) => Assert.StartsWith(
        $"{values} values and {scores} scores for {rows} rows; allowed: 3 values and a score each.",
        Assert.Throws<ArgumentException>(
            () => TableShape.Check(new float[values], rows, 3, new double[scores])).Message, StringComparison.Ordinal);
}

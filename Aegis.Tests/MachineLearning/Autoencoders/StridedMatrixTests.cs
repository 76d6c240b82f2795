using Aegis.MachineLearning.Autoencoders;

namespace Aegis.Tests.MachineLearning.Autoencoders;

public sealed class StridedMatrixTests
{
    [Fact]
    public void Transposed_ExchangesRowsAndColumnsOfTheSameMemory()
    {
        float[] values = [1, 2, 3, 4, 5, 6, 7, 8];
        var matrix = StridedMatrix.Of(values, 2, 3, 4);
        Assert.Equal((2, 3, 4, 1), (matrix.Rows, matrix.Columns, matrix.RowStride, matrix.ColumnStride));
        var transposed = matrix.Transposed;
        Assert.Equal((3, 2, 1, 4), (transposed.Rows, transposed.Columns, transposed.RowStride, transposed.ColumnStride));
        transposed.First = 9;
        Assert.Equal((9f, 9f), (values[0], matrix.First));
    }

    [Theory]
    [InlineData(7, 2, 3, 4)]
    [InlineData(3, 1, 3, 100)]
    [InlineData(0, 0, 3, 3)]
    public void Of_OfJustEnoughValues_TakesThem(int values, int rows, int columns, int stride) =>
        Assert.Equal(columns, StridedMatrix.Of(new float[values], rows, columns, stride).Columns);

    [Theory]
    [InlineData(6, 2, 3, 4, "6 values; allowed: 2 rows of 3 values, 4 apart.")]
    [InlineData(99, 2, 3, 2, "99 values; allowed: 2 rows of 3 values, 2 apart.")]
    [InlineData(5, 2_000_000_000, 2, 2_000_000_000, "5 values; allowed: 2000000000 rows of 2 values, 2000000000 apart.")]
    public void Of_OfTooFewValues_SaysHowManyItTakes(int values, int rows, int columns, int stride, string message) =>
        Assert.StartsWith(
            message, Assert.Throws<ArgumentException>(
                () => { _ = StridedMatrix.Of(new float[values], rows, columns, stride).Rows; }).Message, StringComparison.Ordinal);
}

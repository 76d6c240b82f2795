using Aegis.MachineLearning.Trainers;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Aegis.Tests.MachineLearning.Trainers;

public sealed class FloatRowsTests
{
    [Fact]
    public void ATable_GivesItsRowsInOrder_ThenEnds()
    {
        var table = new FloatRows([1, 2, 3, 4, 5, 6], 2, "x");
        Assert.Equal((3, false), (table.GetRowCount(), table.CanShuffle));
        Assert.Equal(("x", new VectorDataViewType(NumberDataViewType.Single, 2)), (table.Schema[0].Name, table.Schema[0].Type));
        using var cursor = table.GetRowCursor(table.Schema);
        var getter = cursor.GetGetter<VBuffer<float>>(table.Schema[0]);
        var row = default(VBuffer<float>);
        for (var i = 0; i < 3; i++)
        {
            Assert.True(cursor.MoveNext());
            Assert.Equal((i, 0), (cursor.Position, cursor.Batch));
            getter(ref row);
            Assert.Equal([(2 * i) + 1, (2 * i) + 2], row.DenseValues().ToArray());
            var id = default(DataViewRowId);
            cursor.GetIdGetter()(ref id);
            Assert.Equal(new DataViewRowId((ulong)i, 0), id);
        }

        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
    }

    [Fact]
    public void ATable_OfNoRows_IsEmpty()
    {
        var table = new FloatRows([], 3);
        Assert.Equal(0, table.GetRowCount());
        using var cursor = Assert.Single(table.GetRowCursorSet(table.Schema, 4));
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void GetGetter_OfAnotherType_IsRefused()
    {
        var table = new FloatRows([1], 1);
        using var cursor = table.GetRowCursor(table.Schema);
        Assert.Contains(
            "Column 'Features' holds ", Assert.Throws<ArgumentException>(
                () => cursor.GetGetter<float>(table.Schema[0])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(3, 0)]
    [InlineData(3, -1)]
    public void Constructor_OfRowsThatAreCut_SaysSo(int values, int columns) => Assert.StartsWith(
        $"{values} values in rows of {columns}; allowed: whole rows of 1 or more.",
        Assert.Throws<ArgumentException>(() => new FloatRows(new float[values], columns)).Message, StringComparison.Ordinal);
}

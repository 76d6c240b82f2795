using Aegis.MachineLearning.Trainers;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Aegis.Tests.MachineLearning.Trainers;

public sealed class FeatureColumnsTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Read_OfRowsThatLieInAnArray_GivesThatArray()
    {
        float[] rows = [1, 2, 3, 4];
        Assert.Same(rows, FeatureColumns.Read(new FloatRows(rows, 2), "Features", out var columns));
        Assert.Equal(2, columns);
    }

    [Fact]
    public void Read_OfAnyOtherTable_CopiesItsRows()
    {
        var table = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 100).Select(i => new Row { Values = [i, 0, -i] }));
        var rows = FeatureColumns.Read(table, nameof(Row.Values), out var columns);
        Assert.Equal(3, columns);
        Assert.Equal(Enumerable.Range(0, 100).SelectMany(i => new float[] { i, 0, -i }), rows);
    }

    [Fact]
    public void Find_OfAnythingButFloatsOfAKnownLength_SaysWhatTheColumnHolds()
    {
        var schema = _context.Data.LoadFromEnumerable(new Row[1]).Schema;
        Assert.Equal(nameof(Row.Values), FeatureColumns.Find(schema, nameof(Row.Values)).Name);
        Assert.StartsWith(
            "There is no column 'x'; allowed: one of Values, Loose, Doubles, One, a vector of floats.", Refusal("x"),
            StringComparison.Ordinal);
        Assert.Contains("Column 'Loose' holds ", Refusal(nameof(Row.Loose)), StringComparison.Ordinal);
        Assert.Contains("Column 'Doubles' holds ", Refusal(nameof(Row.Doubles)), StringComparison.Ordinal);
        Assert.EndsWith("; allowed: a vector of floats of a known length.", Refusal(nameof(Row.One)), StringComparison.Ordinal);

        string Refusal(string name) => Assert.Throws<ArgumentException>(() => FeatureColumns.Find(schema, name)).Message;
    }

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Values { get; set; } = [];

        public float[] Loose { get; set; } = [];

        [VectorType(2)]
        public double[] Doubles { get; set; } = [];

        public float One { get; set; }
    }
}

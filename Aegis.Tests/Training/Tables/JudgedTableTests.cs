using Aegis.Core.Numerics;
using Aegis.Datasets.Files;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Tables;
using Aegis.Training.Evaluating;
using Aegis.Training.Tables;

namespace Aegis.Tests.Training.Tables;

public sealed class JudgedTableTests
{
    private const int Rows = 2_000;
    private const int FitRows = 1_200;

    [Fact]
    public void Of_LeavesOutWhatTheRowsToFitOnShow_InAllRows()
    {
        var (table, notes) = JudgedTable.Of(Table(), FitRows, []);
        Assert.Equal(["x", "y"], table.Columns);
        Assert.Equal(["time", "seven"], notes.Select(note => note.Name));
        Assert.Equal(Table().Values.Chunk(4).SelectMany(row => row[1..3]), table.Values);
        Assert.Equal(Table().Labels, table.Labels);
    }

    [Fact]
    public void Of_ColumnsToKeep_KeepsThem()
    {
        var (table, notes) = JudgedTable.Of(Table(), FitRows, ["time"]);
        Assert.Equal(["time", "x", "y"], table.Columns);
        Assert.Equal(["seven"], notes.Select(note => note.Name));
        Assert.Equal(
            "--keep names 'when'; allowed: columns of the table, time, x, y, seven.",
            Assert.Throws<ArgumentException>(() => JudgedTable.Of(Table(), FitRows, ["when"])).Message);
    }

    [Fact]
    public void Of_NothingThatTellsRowsApart_IsRefused()
    {
        var table = new NumericTable(["a"], [.. Enumerable.Repeat(1.0, 20)], new bool[20]);
        Assert.StartsWith(
            "No column is left: a left out: every value to fit on is 1. Allowed:",
            Assert.Throws<ArgumentException>(() => JudgedTable.Of(table, 20, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATime_HidesAnomaliesOfLaterRows_UnlessItIsLeftOut()
    {
        var split = new TableSplit((double)FitRows / Rows);
        Assert.True(Ap(JudgedTable.Of(Table(), FitRows, []).Table, split) > 1.5 * Ap(Table(), split));
    }

    private static double Ap(NumericTable table, TableSplit split) => new TableBenchmark(table, split).Run(
        [Detector.Autoencoder], 1, new TableModelOptions(), new Progress<TrainingProgress>())[0].Ap;

    // Time, two numbers, a constant; of the later rows every fortieth is far out.
    private static NumericTable Table()
    {
        bool[] labels = [.. Enumerable.Range(0, Rows).Select(row => row >= FitRows && row % 40 == 0)];
        return new NumericTable(["time", "x", "y", "seven"], [.. Enumerable.Range(0, Rows).SelectMany(row =>
        {
            var random = SeededRandom.For(3, (ulong)row);
            return new[] { row + random.NextDouble(), random.NextNormal() + (labels[row] ? 2.5 : 0), random.NextNormal(), 7 };
        })], labels);
    }
}

using Aegis.Core.Numerics;
using Aegis.MachineLearning.Tables;

namespace Aegis.Tests.MachineLearning.Tables;

public sealed class ColumnJudgeTests
{
    private const int Rows = 5_000;

    public static TheoryData<string, string> Kinds => new()
    {
        { "nothing", "no row to fit on has a value" },
        { "constant", "every value to fit on is 3.5" },
        { "constant where known", "every value to fit on is 3.5" },
        { "row number", "it goes one way" },
        { "seconds, several rows each", "it goes one way" },
        { "seconds, some out of order", "it goes one way" },
        { "days, falling", "it goes one way" },
        { "identifier", "whole numbers, each of them once" },
        { "hash", "whole numbers, each of them once" },
    };

    public static TheoryData<string> Ordinary =>
        ["normal", "amount in cents", "hour", "flag", "walk", "few rows, rising", "price, distinct"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Judge_OfWhatTellsNothing_LeavesItOut(string kind, string mentions)
    {
        var judged = Judge(kind);
        Assert.False(judged.IsKept);
        Assert.StartsWith($"left out: {mentions}", judged.Note, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ordinary))]
    public void Judge_OfAnOrdinaryColumn_KeepsItWithoutANote(string kind) => Assert.Equal(new JudgedColumn(kind, true, ""), Judge(kind));

    [Fact]
    public void Judge_OfTies_KeepsThem_AndSaysByWhatTheyAreMeasured() => Assert.Equal(
        new JudgedColumn("mostly zero", true, "80 % of the values are 0: its unit is the standard deviation, not the quartiles' distance"),
        Judge("mostly zero"));

    [Fact]
    public void Judge_OfSeveralColumns_LooksAtEachAlone()
    {
        double[] rows = [.. Enumerable.Range(0, 200).SelectMany(row => new[] { row, 7, Value("normal", row) })];
        Assert.Equal([false, false, true], ColumnJudge.Judge(["time", "seven", "normal"], rows).Select(column => column.IsKept));
    }

    private static JudgedColumn Judge(string kind) => ColumnJudge.Judge(
        [kind], [.. Enumerable.Range(0, kind == "few rows, rising" ? ColumnJudge.MinRows - 1 : Rows).Select(row => Value(kind, row))])[0];

    private static double Value(string kind, int row)
    {
        var random = SeededRandom.For(7, (ulong)row);
        return kind switch
        {
            "nothing" => double.NaN,
            "constant" => 3.5,
            "constant where known" => row % 3 == 0 ? double.NaN : 3.5,
            "row number" => row,
            "seconds, several rows each" => row / 3,
            "seconds, some out of order" => row % 2_000 == 1_999 ? row - 5 : row,
            "days, falling" => -(row / 100),
            // Every number up to a prime once, in an order of its own.
            "identifier" => 1_000_000 + ((row * 1_237L) % 5_003),
            "hash" => Math.Floor(random.NextDouble() * 1e15),
            "amount in cents" => Math.Round(Math.Exp(6 + (1.2 * random.NextNormal()))),
            "hour" => row % 24,
            "flag" => row % 2,
            "walk" => Math.Sin(row / 50.0),
            "price, distinct" => Math.Exp(3 + random.NextNormal()),
            "mostly zero" => row % 5 == 0 ? row : 0,
            "few rows, rising" => row,
            _ => random.NextNormal(),
        };
    }
}

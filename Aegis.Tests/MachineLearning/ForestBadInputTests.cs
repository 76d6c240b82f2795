using Aegis.Core.Numerics;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.Tests.MachineLearning;

public sealed class ForestBadInputTests
{
    private const int Columns = 3;

    public static TheoryData<string, int> Tables
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var table in new[] { "one row", "two rows", "all equal", "constant columns", "all missing", "one value", "infinities",
                "outermost values", "smallest values", "anything" })
            {
                data.Add(table, 1);
                data.Add(table, 2);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Score_AfterTrainingOnOddRows_IsANumberFromZeroToOne(string table, int columnsPerSplit)
    {
        var rows = Table(table);
        var forest = IsolationForestTrainer.Train(
            rows, Columns, new IsolationForestOptions { Trees = 20, ColumnsPerSplit = columnsPerSplit });
        float[] values = [0, -0f, 1, -1, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue,
            float.Epsilon];
        var random = new SeededRandom(5);
        for (var i = 0; i < 200; i++)
        {
            float[] row = [values[random.NextInt(values.Length)], values[random.NextInt(values.Length)],
                values[random.NextInt(values.Length)]];
            var score = forest.Score(row);
            Assert.True(score is > 0 and <= 1, $"{table}: {string.Join(' ', row)} scores {score}");
            var contributions = new double[Columns];
            forest.Explain(row, contributions);
            Assert.All(contributions, contribution => Assert.True(double.IsFinite(contribution)));
        }
    }

    [Fact]
    public void Score_OfRowsThatAreAllEqual_IsOneHalf()
    {
        var forest = IsolationForestTrainer.Train(Table("all equal"), Columns, new IsolationForestOptions { Trees = 20 });
        Assert.Equal(0.5, forest.Score([7, 7, 7]), 6);
        Assert.Equal(0.5, forest.Score([-9, float.NaN, 1e9f]), 6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Score_OfInfinities_IsThatOfTheOutermostValues(int columnsPerSplit)
    {
        var forest = IsolationForestTrainer.Train(
            Table("anything"), Columns, new IsolationForestOptions { Trees = 50, ColumnsPerSplit = columnsPerSplit });
        Assert.Equal(forest.Score([float.MaxValue, 0, float.MinValue]), forest.Score([float.PositiveInfinity, 0, float.NegativeInfinity]));
    }

    [Fact]
    public void Train_OnFewerRowsThanASubsample_TakesThemAll()
    {
        var forest = IsolationForestTrainer.Train(
            Table("anything"), Columns, new IsolationForestOptions { Trees = 5, SubsampleSizes = [1_024] });
        Assert.Equal((float)AveragePathLength.Of(100), forest.Nodes[0].PathLength);
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(2_049)]
    [InlineData(0)]
    [InlineData(-1)]
    public void Train_OnTooManyOrNoColumns_SaysSo(int columns)
    {
        var error = Assert.Throws<ArgumentException>(
            () => IsolationForestTrainer.Train(new float[20_000], columns, new IsolationForestOptions()));
        Assert.Contains($"columns is '{columns}'; allowed: 1 to 2,048", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_OnTheMostColumns_ScoresThem()
    {
        var random = new SeededRandom(1);
        float[] rows = [.. Enumerable.Range(0, 20 * 2_048).Select(_ => (float)random.NextNormal())];
        var forest = IsolationForestTrainer.Train(rows, 2_048, new IsolationForestOptions { Trees = 200 });
        var scores = new double[20];
        forest.Score(rows, 20, scores);
        Assert.Equal(Enumerable.Range(0, 20).Select(row => forest.Score(rows.AsSpan(row * 2_048, 2_048))), scores);
    }

    [Fact]
    public void Train_OnNoRowsOrACutOne_Throws()
    {
        Assert.Throws<ArgumentException>(() => IsolationForestTrainer.Train([], 3, new IsolationForestOptions()));
        Assert.Throws<ArgumentException>(() => IsolationForestTrainer.Train(new float[7], 3, new IsolationForestOptions()));
    }

    [Fact]
    public void Train_WithOptionsOutOfRange_NamesTheOption()
    {
        var usual = new IsolationForestOptions();
        Refuses("Trees is '0'", usual with { Trees = 0 });
        Refuses("Trees is '10001'", usual with { Trees = 10_001 });
        Refuses("SubsampleSizes is 'empty'", usual with { SubsampleSizes = [] });
        Refuses("SubsampleSizes is '1'", usual with { SubsampleSizes = [256, 1] });
        Refuses("ColumnShare is '0'", usual with { ColumnShare = 0 });
        Refuses("ColumnShare is '1.5'", usual with { ColumnShare = 1.5 });
        Refuses("ColumnShare is 'NaN'", usual with { ColumnShare = double.NaN });
        Refuses("ColumnsPerSplit is '0'", usual with { ColumnsPerSplit = 0 });
        Refuses("ColumnsPerSplit is '65'", usual with { ColumnsPerSplit = 65 });
        Refuses("Threads is '0'", usual with { Threads = 0 });
    }

    [Fact]
    public void Constructor_WithoutTrees_Throws() =>
        Assert.Throws<ArgumentException>(() => new IsolationForest([new ForestNode(-1, 0, 0, 1)], [], 1));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Constructor_WithNormaliserThatDividesNothing_Throws(double normaliser) =>
        Assert.Throws<ArgumentException>(() => new IsolationForest([new ForestNode(-1, 0, 0, 1)], [0], normaliser));

    private static void Refuses(string start, IsolationForestOptions options)
    {
        var error = Assert.Throws<ArgumentException>(() => IsolationForestTrainer.Train(new float[6], 3, options));
        Assert.StartsWith(start + "; allowed: ", error.Message, StringComparison.Ordinal);
    }

    private static float[] Table(string name)
    {
        var random = new SeededRandom(9);
        float[] odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0, 1, 2];
        float[] outermost = [float.MinValue, float.MaxValue, float.PositiveInfinity];
        return name switch
        {
            "one row" => [1, 2, 3],
            "two rows" => [1, 2, 3, 4, 5, 6],
            "all equal" => Fill((_, _) => 7),
            "constant columns" => Fill((_, column) => column == 1 ? (float)random.NextNormal() : column),
            "all missing" => Fill((_, _) => float.NaN),
            "one value" => Fill((row, _) => row == 50 ? 1 : float.NaN),
            "infinities" => Fill((row, _) => row % 2 == 0 ? float.PositiveInfinity : float.NegativeInfinity),
            "outermost values" => Fill((_, _) => outermost[random.NextInt(outermost.Length)]),
            "smallest values" => Fill((_, _) => random.NextInt(3) * float.Epsilon),
            "anything" => Fill((row, _) => row % 2 == 0 ? (float)random.NextNormal() : odd[random.NextInt(odd.Length)]),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }

    private static float[] Fill(Func<int, int, float> value) =>
        [.. Enumerable.Range(0, 100 * Columns).Select(i => value(i / Columns, i % Columns))];
}

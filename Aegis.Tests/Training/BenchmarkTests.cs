using System.CommandLine;
using System.Text.Json;
using Aegis.Core.Numerics;
using Aegis.Datasets.Files;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Tables;
using Aegis.Training.Evaluating;
using Aegis.Training.Tables;
using Aegis.Training.Verbs;

namespace Aegis.Tests.Training;

public sealed class BenchmarkTests : IDisposable
{
    private static readonly Progress<TrainingProgress> Nobody = new();
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // scikit-learn 1.2.1, 100 trees × 256, fitted and scored on all rows, five seeds.
    [Theory]
    [InlineData("6_cardio", 1_831, 21, 176, .932, .012, .563, .039)]
    [InlineData("23_mammography", 11_183, 6, 260, .859, .004, .194, .017)]
    [InlineData("31_satimage-2", 5_803, 36, 71, .994, .001, .924, .013)]
    [InlineData("32_shuttle", 49_097, 9, 3_511, .9971, .0004, .977, .003)]
    [InlineData("38_thyroid", 3_772, 6, 93, .978, .002, .518, .045)]
    public void Run_OnAdBench_AgreesWithScikitLearn(
        string name, int rows, int columns, int anomalies, double auroc, double aurocSd, double ap, double apSd)
    {
        var table = NumericTableReader.Read(Repository.SharedData($"adbench/{name}.csv.gz"), null, [], TableModelTrainer.MaxColumns);
        Assert.Equal((rows, columns, anomalies), (table.Labels.Length, table.Columns.Count, table.Labels.Count(label => label)));

        var forest = Assert.Single(new TableBenchmark(table, default).Run([Detector.Forest], 5, new TableModelOptions(), Nobody));
        Assert.InRange(forest.Auroc, auroc - Math.Max(2 * aurocSd, .005), auroc + Math.Max(2 * aurocSd, .005));
        Assert.InRange(forest.Ap, ap - Math.Max(2 * apSd, .03), ap + Math.Max(2 * apSd, .03));
    }

    /// <summary>No detector is the best on each; whoever joins them must not lose much on any.</summary>
    [Fact]
    public void Run_OnAdBench_FusedIsNearTheBestSingleDetector()
    {
        var ratios = new[] { "6_cardio", "23_mammography", "31_satimage-2", "32_shuttle", "38_thyroid" }.Select(name =>
        {
            var table = NumericTableReader.Read(Repository.SharedData($"adbench/{name}.csv.gz"), null, [], TableModelTrainer.MaxColumns);
            var results = new TableBenchmark(table, default).Run(Enum.GetValues<Detector>(), 5, new TableModelOptions(), Nobody);
            return results.Single(result => result.Detector == Detector.Fused).Ap
                / results.Where(result => result.Detector != Detector.Fused).Max(result => result.Ap);
        }).ToList();
        Assert.True(ratios.Min() >= 0.6, $"worst {ratios.Min():F3}");
        Assert.True(ratios.Average() >= 0.84, $"mean {ratios.Average():F3}");
    }

    [Fact]
    public void Run_WithTimeSplit_FitsOnTheFirstRowsAndJudgesTheRest()
    {
        // The first rows are ordinary, the second half of the last ones is far out.
        var table = Table(100, row => row < 85 ? 0 : 50, row => row >= 85);
        Assert.True(TableSplit.TryParse("time:0.7", out var split));
        var benchmark = new TableBenchmark(table, split);
        Assert.Equal((70, 30, 15), (benchmark.FitRows, benchmark.JudgedRows, benchmark.Anomalies));
        foreach (var result in benchmark.Run(Enum.GetValues<Detector>(), 2, new TableModelOptions(), Nobody))
        {
            Assert.Equal((1, 0, 1, 0), (Math.Round(result.Auroc, 12), result.AurocSd, Math.Round(result.Ap, 12), result.ApSd));
            Assert.True(result.FitSeconds > 0 && result.RowsPerSecond > 0);
        }
    }

    [Theory]
    [InlineData("none", 100, 100)]
    [InlineData("time:0.7", 70, 30)]
    [InlineData("time:0.5", 50, 50)]
    public void TryParse_OfSplit_DividesTheRows(string text, int fit, int judged)
    {
        Assert.True(TableSplit.TryParse(text, out var split));
        Assert.Equal((fit, judged), (split.FitRows(100), 100 - split.FirstJudged(100)));
        Assert.Equal(text, split.ToString());
    }

    [Theory]
    [InlineData("time:0")]
    [InlineData("time:1")]
    [InlineData("time:-0.5")]
    [InlineData("time:NaN")]
    [InlineData("time:0,7")]
    [InlineData("random:0.7")]
    [InlineData("")]
    public void TryParse_OfOtherText_IsRefused(string text) => Assert.False(TableSplit.TryParse(text, out _));

    [Theory]
    [InlineData(1, 1, "leaves 1 rows to fit on; allowed: 16 or more")]
    [InlineData(100, 0, "0 of the 100 rows that are judged are labelled 1")]
    [InlineData(100, 100, "100 of the 100 rows that are judged are labelled 1")]
    public void Constructor_OfTableThatCannotBeJudged_SaysWhy(int rows, int anomalies, string expected)
    {
        var table = Table(rows, _ => 0, row => row < anomalies);
        var error = Assert.Throws<ArgumentException>(() => new TableBenchmark(table, default));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfLargeNumbersCloseTogether_FindsWhatDeviates()
    {
        // Unix seconds: as floats they would be multiples of 128, and all of them the same.
        var table = Table(200, row => 1.7e9 + (row % 20 == 19 ? 15 : 0), row => row % 20 == 19);
        var results = new TableBenchmark(table, default).Run(Enum.GetValues<Detector>(), 1, new TableModelOptions(), Nobody);
        Assert.All(results, result => Assert.True(result.Auroc > 0.99, $"{result.Detector} {result.Auroc}"));
    }

    [Fact]
    public void Run_OfEmptyCells_FindsWhatDeviatesBesideThem()
    {
        // Every third cell of an ordinary row is empty.
        var table = Table(200, row => row % 20 == 19 ? 15 : 0, row => row % 20 == 19);
        var values = table.Values.Select((value, i) => i % 3 == 0 && i / 2 % 20 != 19 ? double.NaN : value);
        var results = new TableBenchmark(table with { Values = [.. values] }, default)
            .Run(Enum.GetValues<Detector>(), 1, new TableModelOptions(), Nobody);
        Assert.All(results, result => Assert.True(result.Auroc > 0.99, $"{result.Detector} {result.Auroc}"));
    }

    [Fact]
    public void Run_OfTableWhoseRowsAreAllEqual_RanksNothing()
    {
        var table = new NumericTable(["a"], [.. Enumerable.Repeat(3.0, 20)], [.. Enumerable.Range(0, 20).Select(row => row < 5)]);
        var results = new TableBenchmark(table, default).Run(Enum.GetValues<Detector>(), 1, new TableModelOptions(), Nobody);
        Assert.All(results, result => Assert.Equal((.5, .25), (result.Auroc, result.Ap)));
    }

    [Fact]
    public void Invoke_OfTheVerb_WritesTheResultsAsJson()
    {
        var csv = Path.Combine(_folder, "table.csv");
        var random = new SeededRandom(12);
        File.WriteAllLines(csv, ["name,a,b,odd", .. Enumerable.Range(0, 200).Select(row => FormattableString.Invariant(
            $"r{row},{random.NextNormal() + (row < 5 ? 90 : 0)},{random.NextNormal()},{(row < 5 ? 1 : 0)}"))]);
        var json = Path.Combine(_folder, "results.json");
        Assert.Equal(
            0, BenchmarkVerb.Create().Parse($"--csv {csv} --drop name --label odd --models forest,fused --seeds 2 --json {json}").Invoke());

        using var results = JsonDocument.Parse(File.ReadAllText(json));
        Assert.Equal(200, results.RootElement.GetProperty("rows").GetInt32());
        var models = results.RootElement.GetProperty("models");
        Assert.Equal(["forest", "fused"], models.EnumerateArray().Select(model => model.GetProperty("name").GetString()));
        Assert.All(models.EnumerateArray(), model =>
        {
            Assert.Equal(
                ["name", "auroc", "aurocSd", "ap", "apSd", "fitSeconds", "rowsPerSecond"],
                model.EnumerateObject().Select(property => property.Name));
            Assert.InRange(model.GetProperty("auroc").GetDouble(), 0.98, 1);
        });
    }

    [Theory]
    [InlineData("--models forest,trees", "--models is 'forest,trees'; allowed: one or more of forest, autoencoder, tailsum, fused")]
    [InlineData("--split half", "--split is 'half'; allowed: none, or time:SHARE")]
    [InlineData("--seeds 0", "--seeds is '0'; allowed: 1 to 100.")]
    [InlineData("--subsample 1", "--subsample is '1'; allowed: 2 to 32768.")]
    public void Parse_OfWrongOption_NamesItAndWhatIsAllowed(string option, string expected) =>
        Assert.Contains(
            BenchmarkVerb.Create().Parse($"--csv x.csv {option}").Errors,
            error => error.Message.Contains(expected, StringComparison.Ordinal));

    private static NumericTable Table(int rows, Func<int, double> offset, Func<int, bool> label)
    {
        var random = new SeededRandom(13);
        return new NumericTable(
            ["a", "b"], [.. Enumerable.Range(0, 2 * rows).Select(i => random.NextNormal() + offset(i / 2))],
            [.. Enumerable.Range(0, rows).Select(label)]);
    }
}

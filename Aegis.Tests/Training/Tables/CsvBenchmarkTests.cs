using System.Text.Json.Nodes;
using Aegis.Core.Numerics;
using Aegis.Datasets.Files;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Tables;
using Aegis.Training.Evaluating;
using Aegis.Training.Tables;
using Aegis.Training.Verbs;

namespace Aegis.Tests.Training.Tables;

public sealed class CsvBenchmarkTests : IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_OfATable_ReportsItsShapeAndTheModelsInTheOrderAskedFor()
    {
        var report = CsvBenchmark.Run(Options, new Progress<TrainingProgress>());
        Assert.Equal(("table.csv", 200, 2, 20, "time:0.5"), (report.File, report.Rows, report.Columns, report.Anomalies, report.Split));
        Assert.Equal(1, report.Missing);
        Assert.Equal((100, 100, 10), (report.FitRows, report.JudgedRows, report.JudgedAnomalies));
        Assert.Equal((2, 30, 64, Machine.Current), (report.Seeds, report.Trees, report.Subsample, report.Machine));
        Assert.Equal([Detector.Fused, Detector.TailSum], report.Models.Select(model => model.Detector));
        var table = NumericTableReader.Read(Options.CsvPath, "odd", ["name"], mostColumns: 2);
        var usual = new TableModelOptions();
        var options = usual with { Forest = usual.Forest with { Trees = 30, SubsampleSizes = [64], ColumnsPerSplit = 2 } };
        Assert.Equal(
            new TableBenchmark(table, Options.Split).Run(Options.Models, 2, options, new Progress<TrainingProgress>())
                .Select(model => (model.Detector, model.Auroc, model.Ap)),
            report.Models.Select(model => (model.Detector, model.Auroc, model.Ap)));
    }

    [Fact]
    public void Report_AsJson_HasTheNamesAndOrderThatTablesArePublishedFrom()
    {
        var path = Path.Combine(_folder, "report.json");
        JsonReport.Write(path, CsvBenchmark.Run(Options, new Progress<TrainingProgress>()));
        var json = JsonNode.Parse(File.ReadAllText(path))!;
        Assert.Equal(
            [
                "file", "rows", "columns", "anomalies", "missing", "split", "fitRows", "judgedRows", "judgedAnomalies", "seeds", "trees",
                "subsample", "columnsPerSplit", "machine", "models", "columnNotes",
            ], json.AsObject().Select(property => property.Key));
        Assert.Equal(["os", "runtime", "cores"], json["machine"]!.AsObject().Select(property => property.Key));
        Assert.Equal(["fused", "tailsum"], json["models"]!.AsArray().Select(model => (string)model!["name"]!));
    }

    [Fact]
    public void Options_OfACommandLine_AreWhatItNames()
    {
        var usual = BenchmarkVerb.Options(BenchmarkVerb.Create().Parse("--csv x.csv"));
        Assert.Equal(Enum.GetValues<Detector>(), usual.Models);
        Assert.Equal(new BenchmarkOptions("x.csv", usual.Models) { Drop = usual.Drop, Keep = usual.Keep }, usual);
        Assert.Empty(usual.Drop);

        var asked = BenchmarkVerb.Options(BenchmarkVerb.Create().Parse(
            "--csv x.csv --label odd --drop a,b --models tailsum,forest --split time:0.5 --seeds 2 --trees 30 --subsample 64 "
            + "--columns-per-split 3"));
        Assert.Equal([Detector.TailSum, Detector.Forest], asked.Models);
        Assert.Equal(["a", "b"], asked.Drop);
        Assert.Equal(
            ("odd", new TableSplit(0.5), 2, 30, 64, 3),
            (asked.Label, asked.Split, asked.Seeds, asked.Trees, asked.Subsample, asked.ColumnsPerSplit));
    }

    /// <summary>Options for a table of which every tenth row is far out.</summary>
    private BenchmarkOptions Options
    {
        get
        {
            var path = Path.Combine(_folder, "table.csv");
            var random = new SeededRandom(12);
            File.WriteAllLines(path, ["name,a,b,odd", .. Enumerable.Range(0, 200).Select(row => FormattableString.Invariant(
                $"r{row},{(row == 3 ? "" : random.NextNormal() + (row % 10 == 9 ? 90 : 0))},{random.NextNormal()},{(row % 10 == 9 ? 1 : 0)}"))]);
            return new BenchmarkOptions(path, [Detector.Fused, Detector.TailSum])
            {
                Label = "odd", Drop = ["name"], Split = new TableSplit(0.5), Seeds = 2, Trees = 30, Subsample = 64, ColumnsPerSplit = 2,
            };
        }
    }
}

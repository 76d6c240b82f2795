using System.Text.Json.Nodes;
using Aegis.Benchmarks.EndToEnd;
using Aegis.TestRig;
using Aegis.TestRig.Processes;

namespace Aegis.Benchmarks.Quality;

/// <summary>Runs the detectors on five anomaly tables of ADBench, which have nothing to do with cards;
/// <c>artifacts/bench/tables.json</c>.</summary>
internal static class TablesBenchmark
{
    // Figures of scikit-learn 1.2.1: 100 trees of 256, fitted and scored on all rows, five seeds.
    private static readonly (string Table, double Auroc, double AurocSd, double Ap, double ApSd)[] Tables =
    [
        ("6_cardio", .932, .012, .563, .039),
        ("23_mammography", .859, .004, .194, .017),
        ("31_satimage-2", .994, .001, .924, .013),
        ("32_shuttle", .9971, .0004, .977, .003),
        ("38_thyroid", .978, .002, .518, .045),
    ];

    // As many as the handbook's model with labels uses.
    private const int ExtendedColumns = 3;

    /// <summary>Runs <c>benchmark</c> for each table.</summary>
    /// <param name="data">The folder of the public files.</param>
    /// <param name="seeds">Seeds per model.</param>
    /// <exception cref="FileNotFoundException">A file does not exist.</exception>
    public static async Task RunAsync(string data, int seeds)
    {
        using var folder = new TemporaryFolder();
        var tables = new JsonArray();
        foreach (var (name, auroc, aurocSd, ap, apSd) in Tables)
        {
            Report.Say($"judging {name}");
            var file = PublicData.Existing(data, Path.Combine("adbench", $"{name}.csv.gz"));
            var table = await BenchmarkAsync(folder, "--csv", file, "--seeds", $"{seeds}");
            var models = table["models"]!.AsArray();
            models.Insert(
                0, new JsonObject { ["name"] = "scikit-learn's isolation forest", ["auroc"] = auroc, ["aurocSd"] = aurocSd, ["ap"] = ap,
                ["apSd"] = apSd });
            var extended = await BenchmarkAsync(
                folder, "--csv", file, "--seeds", $"{seeds}", "--models", "forest", "--columns-per-split", $"{ExtendedColumns}");
            var forest = extended["models"]![0]!.DeepClone().AsObject();
            forest["name"] = $"extended forest, {ExtendedColumns} columns a split";
            models.Add(forest);
            tables.Add(table);
        }

        Report.Write("tables", new JsonObject { ["tables"] = tables });
    }

    private static async Task<JsonObject> BenchmarkAsync(TemporaryFolder folder, params string[] options)
    {
        var json = Path.Combine(folder.Path, "table.json");
        await Programs.RunAsync("Aegis.Training", ["benchmark", .. options, "--json", json]);
        return JsonNode.Parse(await File.ReadAllTextAsync(json))!.AsObject();
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Aegis.Benchmarks.EndToEnd;
using Aegis.TestRig;
using Aegis.TestRig.Processes;

namespace Aegis.Benchmarks.Quality;

/// <summary>Measures detection quality on the public streams and the simulator's, each by its protocol;
/// <c>artifacts/bench/quality.json</c>.</summary>
internal static class QualityBenchmark
{
    private static readonly string[] Handbook = ["--map", "handbook", "--train", "2018-07-25..2018-07-31", "--test",
        "2018-08-08..2018-08-14"];

    /// <summary>Runs <c>evaluate</c> for each stream.</summary>
    /// <param name="data">The folder of the public files.</param>
    /// <param name="seeds">Seeds per model.</param>
    /// <exception cref="FileNotFoundException">A file does not exist.</exception>
    public static async Task RunAsync(string data, int seeds)
    {
        using var folder = new TemporaryFolder();
        var simulated = Path.Combine(folder.Path, "simulated.csv.gz");
        var streams = new (string Name, string File, string[] Arguments)[]
        {
            ("Handbook", PublicData.Existing(data, "handbook-2018-04-01_08-14.csv.gz"), [.. Handbook, "--contamination"]),
            ("Handbook", PublicData.Existing(data, "handbook-2018-04-01_08-14.csv.gz"), [.. Handbook, "--label-features", "on"]),
            ("Sparkov", PublicData.Existing(data, "sparkov-2024.csv.gz"),
                ["--map", "sparkov", "--train", "2024-04-30..2024-06-30", "--test", "2024-07-01..2024-09-30", "--known-cards", "keep",
                    "--k", "20", "--period", "week"]),
            ("Own simulator", simulated,
                ["--map", "simulated", "--train", "2025-03-01..2025-03-31", "--test", "2025-04-01..2025-04-30"]),
        };
        Report.Say("simulating payments");
        await Programs.RunAsync("Aegis.Training", "generate", "--out", simulated, "--seed", "42");
        var results = new JsonArray();
        foreach (var (name, file, arguments) in streams)
        {
            Report.Say($"evaluating {Path.GetFileName(file)} {string.Join(' ', arguments)}");
            var json = Path.Combine(folder.Path, "result.json");
            await Programs.RunAsync(
                "Aegis.Training", ["evaluate", "--data", file, "--seeds", $"{seeds}", "--baselines", "--json", json, .. arguments]);
            var result = JsonNode.Parse(await File.ReadAllTextAsync(json))!.AsObject();
            result.Insert(0, "name", name);
            results.Add(result);
        }

        var quality = new JsonObject { ["machine"] = JsonSerializer.SerializeToNode(Machine.Here()), ["streams"] = results };
        Report.Write("quality", quality);
    }
}

using System.Text.Json.Nodes;
using Aegis.Benchmarks.EndToEnd;
using Aegis.TestRig;
using Aegis.TestRig.Processes;

namespace Aegis.Benchmarks.Quality;

/// <summary>Measures what a plain <c>./aegis up --replay</c> finds on the public streams and on simulated worlds, week by
/// week; <c>artifacts/bench/weeks.json</c>.</summary>
internal static class WeeksBenchmark
{
    /// <summary>The streams: name, file, and column map. A file with <c>{seed}</c> is simulated with that seed.</summary>
    public static IReadOnlyList<(string Name, string File, string Map, int? Seed)> Streams { get; } =
    [
        ("Handbook", "handbook-2018-04-01_08-14.csv.gz", "handbook", null),
        ("Sparkov", "sparkov-2024.csv.gz", "sparkov", null),
        ("Own simulator", "world-42.csv.gz", "simulated", 42),
        ("Own simulator, another world", "world-7.csv.gz", "simulated", 7),
    ];

    /// <summary>The arguments of the training program that do what <c>up</c> does for a file.</summary>
    public static string[] Arguments(string file, string map) => ["weeks", "--data", file, "--map", map];

    /// <summary>Runs <c>weeks</c> for each stream.</summary>
    /// <param name="data">The folder of the public files.</param>
    /// <exception cref="FileNotFoundException">A file does not exist.</exception>
    public static async Task RunAsync(string data)
    {
        using var folder = new TemporaryFolder();
        var streams = new JsonArray();
        foreach (var (name, file, map, seed) in Streams)
        {
            Report.Say($"judging {name}");
            var path = seed is null ? PublicData.Existing(data, file) : Path.Combine(folder.Path, file);
            if (seed is not null)
            {
                await Programs.RunAsync("Aegis.Training", "generate", "--out", path, "--seed", $"{seed}");
            }

            var json = Path.Combine(folder.Path, "weeks.json");
            await Programs.RunAsync("Aegis.Training", [.. Arguments(path, map), "--json", json]);
            var result = JsonNode.Parse(await File.ReadAllTextAsync(json))!.AsObject();
            result.Insert(0, "name", name);
            streams.Add(result);
        }

        Report.Write("weeks", new JsonObject { ["streams"] = streams });
    }
}

using System.Text.Json.Nodes;
using Aegis.Datasets.Files;
using Aegis.TestRig;
using Aegis.TestRig.Processes;

namespace Aegis.Benchmarks.Quality;

/// <summary>Judges defaults for streams that nobody tuned for, each against the choice tuned for the stream.</summary>
internal static class StreamDefaults
{
    private static readonly string[] Keep = ["--known-cards", "keep"];

    // What the stream's own map names is left out: a default must do without it.
    private static readonly (string Name, string Choice)[] Candidates =
    [
        ("shipped default", "default"),
        ("its inputs, forest alone", """{"autoencoderWeight":0,"tailSumWeight":0}"""),
        ("its inputs, mean of three", """{"autoencoderWeight":0.333,"tailSumWeight":0.333}"""),
        ("its inputs, half forest, half tail sum", """{"autoencoderWeight":0,"tailSumWeight":0.5}"""),
        ("its inputs, subsamples of 256", """{"subsamples":[256]}"""),
        ("the inputs of features.md, 0.85 forest, 0.15 autoencoder", """{}"""),
    ];

    /// <summary>By candidate, its average precision against that of the tuned choice, for each stream.</summary>
    /// <param name="data">The folder of the public files.</param>
    public static async Task<LeaveOneOut> RunAsync(string data)
    {
        using var folder = new TemporaryFolder();
        var streams = new List<(string Name, string File, string[] Split, string Tuned)>
        {
            ("handbook, April", PublicData.Existing(data, "handbook-2018-04-01_08-14.csv.gz"),
                ["--map", "handbook", "--train", "2018-04-15..2018-04-28", "--test", "2018-04-29..2018-05-12"], "handbook"),
            ("handbook, June", PublicData.Existing(data, "handbook-2018-04-01_08-14.csv.gz"),
                ["--map", "handbook", "--train", "2018-05-17..2018-05-30", "--test", "2018-05-31..2018-06-13"], "handbook"),
            ("sparkov, January", PublicData.Existing(data, "sparkov-2024.csv.gz"),
                ["--map", "sparkov", "--train", "2024-01-15..2024-01-28", "--test", "2024-01-29..2024-03-31", .. Keep], "sparkov"),
            ("sparkov, April", PublicData.Existing(data, "sparkov-2024.csv.gz"),
                ["--map", "sparkov", "--train", "2024-03-01..2024-04-30", "--test", "2024-05-01..2024-06-30", .. Keep], "sparkov"),
        };
        foreach (var (name, payments) in WorldCharacters.All)
        {
            var file = Path.Combine(folder.Path, $"world-{streams.Count}.csv");
            using (var writer = new CsvTransactionWriter(file))
            {
                foreach (var payment in payments())
                {
                    writer.Write(payment);
                }
            }

            streams.Add((
                $"world, {name}", file, ["--map", "native", "--train", "2025-01-15..2025-02-10", "--test", "2025-02-11..2025-03-11"],
                "simulated"));
        }

        var ratios = Candidates.ToDictionary(candidate => candidate.Name, _ => new List<double>());
        foreach (var (name, file, split, tuned) in streams)
        {
            EndToEnd.Report.Say($"judging {name}");
            var best = await ApAsync(folder, file, split, tuned);
            foreach (var (candidate, choice) in Candidates)
            {
                var path = choice.StartsWith('{') ? await WriteAsync(folder, choice) : choice;
                ratios[candidate].Add(await ApAsync(folder, file, split, path) / best);
            }
        }

        return LeaveOneOut.Of([.. streams.Select(stream => stream.Name)], ratios);
    }

    /// <summary>A choice with the default's inputs and forest, unless it says otherwise.</summary>
    private static async Task<string> WriteAsync(TemporaryFolder folder, string choice)
    {
        var own = JsonNode.Parse(choice)!.AsObject();
        if (own.Count > 0)
        {
            var path = Path.Combine("Aegis.MachineLearning", "Choices", "default-off.json");
            var shipped = JsonNode.Parse(await File.ReadAllTextAsync(path))!.AsObject();
            foreach (var (name, value) in own)
            {
                shipped[name] = value!.DeepClone();
            }

            own = shipped;
        }

        var written = Path.Combine(folder.Path, "choice.json");
        await File.WriteAllTextAsync(written, own.ToJsonString());
        return written;
    }

    private static async Task<double> ApAsync(TemporaryFolder folder, string file, string[] split, string choice)
    {
        var json = Path.Combine(folder.Path, "result.json");
        await Programs.RunAsync(
            "Aegis.Training", ["evaluate", "--data", file, "--seeds", "1", "--options", choice, "--json", json, .. split]);
        var models = JsonNode.Parse(await File.ReadAllTextAsync(json))!["models"]!.AsArray();
        return (double)models.First(line => (string)line!["name"]! == "fused")!["ap"]!;
    }
}

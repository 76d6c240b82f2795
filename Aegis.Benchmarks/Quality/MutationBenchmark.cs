using System.Diagnostics;
using System.Text.Json.Nodes;
using Aegis.Benchmarks.EndToEnd;
using Aegis.TestRig;

namespace Aegis.Benchmarks.Quality;

/// <summary>Changes sources, a change at a time, and counts those that a test notices; <c>artifacts/bench/mutation.json</c>.</summary>
/// <remarks>By Stryker.NET, a local tool of the repository.</remarks>
internal static class MutationBenchmark
{
    private static readonly (string Project, string Tests)[] Projects =
    [
        ("Aegis.Core", "FullyQualifiedName~Aegis.Tests.Core"),
        ("Aegis.MachineLearning", "FullyQualifiedName~Aegis.Tests.MachineLearning"),
    ];

    /// <summary>Runs Stryker over both projects; hours.</summary>
    /// <param name="mutate">Files to change, from a project's folder on, for example <c>Facts/*.cs</c>.</param>
    public static async Task RunAsync(string mutate)
    {
        await DotnetAsync(".", "tool", "restore");
        var scores = new List<MutationScore>();
        foreach (var (project, tests) in Projects)
        {
            Report.Say($"changing {project}/{mutate}");
            var output = Path.GetFullPath(Path.Combine("artifacts", "mutation", project));
            Directory.CreateDirectory(output);
            await File.WriteAllTextAsync(Path.Combine(output, "stryker-config.json"), Configuration(project, tests, mutate).ToJsonString());
            var config = Path.GetRelativePath("Aegis.Tests", Path.Combine(output, "stryker-config.json"));
            await DotnetAsync("Aegis.Tests", "stryker", "--config-file", config, "--output", output);
            var report = Path.Combine(output, "reports", "mutation-report.json");
            // Where the project has no such files nothing is written.
            if (File.Exists(report))
            {
                scores.AddRange(MutationScore.Of(project, JsonNode.Parse(await File.ReadAllTextAsync(report))));
            }
        }

        Report.Write("mutation", new MutationResult(mutate, scores, Machine.Here()));
    }

    private static JsonObject Configuration(string project, string tests, string mutate) => new()
    {
        ["stryker-config"] = new JsonObject
        {
            ["project"] = $"{project}.csproj",
            ["configuration"] = "Release",
            ["mutate"] = new JsonArray(mutate),
            ["test-case-filter"] = tests,
            // The only runner that learns which tests reach a mutant; with VSTest each mutant runs all tests.
            ["test-runner"] = "mtp",
            ["reporters"] = new JsonArray("json"),
        },
    };

    private static async Task DotnetAsync(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new IOException($"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}; what it printed says why.");
        }
    }
}

/// <summary>What came of it.</summary>
/// <param name="Mutate">Which files were changed.</param>
/// <param name="Folders">A line each.</param>
/// <param name="Machine">What it ran on.</param>
internal sealed record MutationResult(string Mutate, IReadOnlyList<MutationScore> Folders, Machine Machine);

using System.Diagnostics;
using System.Text.Json.Nodes;
using Aegis.Benchmarks.EndToEnd;
using Aegis.TestRig;

namespace Aegis.Benchmarks.Quality;

/// <summary>Changes the sources, one change at a time, and counts the changes that a test notices;
/// <c>artifacts/bench/mutation.json</c>.</summary>
/// <remarks>Uses Stryker.NET, a local tool of the repository.</remarks>
internal static class MutationBenchmark
{
    // Left out are the tests that take seconds: changed programs are ten times slower, and one test that outlasts
    // Stryker's limit while it learns which tests reach a change spoils what it learns from all later ones.
    private static readonly (string Project, string Tests)[] Projects =
    [
        ("Aegis.Core", Filter(
            "Aegis.Tests.Core", "OfTwoMillionPairs", "OfAMillionIds", "OfDecimalIds", "OfTenThousandNumbers", "OfMillions",
            "OfSimulatedPayments")),
        ("Aegis.MachineLearning", Filter("Aegis.Tests.MachineLearning", "PackageTests", "Mutat", "OfRowsTogether", "OnAdBench")),
    ];

    /// <summary>Runs Stryker on both projects; takes hours.</summary>
    /// <param name="mutate">Files to change, relative to a project's folder, for example <c>Facts/*.cs,Payments/*.cs</c>.</param>
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
            // Stryker writes no report if the project has no such files.
            if (File.Exists(report))
            {
                scores.AddRange(MutationScore.Of(project, JsonNode.Parse(await File.ReadAllTextAsync(report))));
            }
        }

        Report.Write("mutation", new MutationResult(mutate, scores, Machine.Here()));
    }

    private static string Filter(string tests, params string[] without) =>
        string.Join('&', [$"FullyQualifiedName~{tests}", .. without.Select(name => $"FullyQualifiedName!~{name}")]);

    private static JsonObject Configuration(string project, string tests, string mutate) => new()
    {
        ["stryker-config"] = new JsonObject
        {
            ["project"] = $"{project}.csproj",
            ["configuration"] = "Release",
            ["mutate"] = new JsonArray([.. mutate.Split(',').Select(glob => (JsonNode)glob)]),
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

/// <summary>Result of a mutation run.</summary>
/// <param name="Mutate">The files that were changed.</param>
/// <param name="Folders">One line per folder.</param>
/// <param name="Machine">The machine that ran it.</param>
internal sealed record MutationResult(string Mutate, IReadOnlyList<MutationScore> Folders, Machine Machine);

using System.Text.Json.Nodes;

namespace Aegis.Benchmarks.Quality;

/// <summary>How many of a folder's mutants the tests notice.</summary>
/// <param name="Folder">Folder that starts with the project, for example <c>Aegis.Core/Facts</c>.</param>
/// <param name="Detected">Mutants that make a test fail or never end.</param>
/// <param name="Valid">Detected mutants and surviving ones; those that do not compile or are left out do not count.</param>
internal sealed record MutationScore(string Folder, int Detected, int Valid)
{
    /// <summary>The detected share in percent.</summary>
    public double Percent => Math.Round(100.0 * Detected / Math.Max(1, Valid), 1);

    /// <summary>Reads one of Stryker's reports.</summary>
    /// <remarks><c>{"files": {"/path/Facts/A.cs": {"mutants": [{"status": "Killed"}, ...]}}}</c></remarks>
    /// <param name="project">The project that owns the files.</param>
    /// <param name="report">The report.</param>
    /// <returns>One line per folder with mutants, in order of their names.</returns>
    /// <exception cref="FormatException">The document is no such report.</exception>
    public static IReadOnlyList<MutationScore> Of(string project, JsonNode? report)
    {
        var files = (report as JsonObject)?["files"] as JsonObject
            ?? throw new FormatException("The mutation report has no files; allowed: mutation-report.json as Stryker writes it.");
        return
        [
            .. files.GroupBy(file => FolderOf(project, file.Key), file => file.Value!["mutants"]!.AsArray())
                .Select(folder => Count(folder.Key, [.. folder.SelectMany(all => all.Select(mutant => (string?)mutant!["status"]))]))
                .Where(score => score.Valid > 0)
                .OrderBy(score => score.Folder, StringComparer.Ordinal),
        ];
    }

    private static MutationScore Count(string folder, IReadOnlyList<string?> statuses)
    {
        var detected = statuses.Count(status => status is "Killed" or "Timeout");
        return new MutationScore(folder, detected, detected + statuses.Count(status => status is "Survived" or "NoCoverage"));
    }

    // Paths may be absolute or start at the project.
    private static string FolderOf(string project, string path)
    {
        var inProject = path.Replace('\\', '/').Split($"/{project}/")[^1];
        var end = inProject.LastIndexOf('/');
        return end < 0 ? project : $"{project}/{inProject[..end]}";
    }
}

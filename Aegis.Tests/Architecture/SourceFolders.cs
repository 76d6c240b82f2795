using System.Text.RegularExpressions;

namespace Aegis.Tests.Architecture;

/// <summary>Which folders of a project look at which, read from its sources.</summary>
internal static class SourceFolders
{
    /// <summary>The folders of a project that hold sources.</summary>
    public static IReadOnlyList<string> Of(string project) =>
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, project)).Select(Path.GetFileName)
            .Where(folder => Sources(project, folder!).Any())!];

    /// <summary>The other folders that a folder's sources name: by a using line, or in a qualified name.</summary>
    public static IEnumerable<(string File, string Folder)> SeenFrom(string project, string folder)
    {
        var folders = Of(project);
        foreach (var path in Sources(project, folder))
        {
            var seen = Names(project).Matches(File.ReadAllText(path))
                .Select(match => match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value);
            foreach (var other in seen.Where(other => other != folder && folders.Contains(other)).Distinct())
            {
                yield return ($"{folder}/{Path.GetFileName(path)}", other);
            }
        }
    }

    private static IEnumerable<string> Sources(string project, string folder) => folder is "bin" or "obj"
        ? []
        : Directory.EnumerateFiles(Path.Combine(Repository.Root, project, folder), "*.cs", SearchOption.AllDirectories);

    // using Aegis.Scoring.Storage;   or   Storage.Store   but not   System.Storage   or   host.Storage
    private static Regex Names(string project) => new($@"\b{Regex.Escape(project)}\.(\w+)|(?<![\w.])([A-Z]\w*)\.[A-Z]");
}

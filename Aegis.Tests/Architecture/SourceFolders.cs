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
            foreach (var other in Named(project, File.ReadAllText(path), folders).Where(other => other != folder))
            {
                yield return ($"{folder}/{Path.GetFileName(path)}", other);
            }
        }
    }

    /// <summary>Those of a project's folders that a source names.</summary>
    public static IEnumerable<string> Named(string project, string source, IReadOnlyCollection<string> folders) =>
        Names(project).Matches(source).Select(match => match.Groups["folder"].Value).Where(folders.Contains).Distinct();

    private static IEnumerable<string> Sources(string project, string folder) => folder is "bin" or "obj"
        ? []
        : Directory.EnumerateFiles(Path.Combine(Repository.Root, project, folder), "*.cs", SearchOption.AllDirectories);

    // After another dot the word is a member, as in counts.Payments, or part of System.Numerics.
    private static Regex Names(string project) =>
        new($@"\b{Regex.Escape(project)}\.(?<folder>[A-Z]\w*)|(?<![\w.])(?<folder>[A-Z]\w*)\.[A-Z]");
}

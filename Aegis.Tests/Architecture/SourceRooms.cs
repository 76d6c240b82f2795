using System.Text.RegularExpressions;

namespace Aegis.Tests.Architecture;

/// <summary>Which folders of a project look at which, read from its sources.</summary>
internal static class SourceRooms
{
    /// <summary>The folders of a project that hold sources.</summary>
    public static IReadOnlyList<string> Of(string project) =>
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, project)).Select(Path.GetFileName)
            .Where(room => Sources(project, room!).Any())!];

    /// <summary>The other folders that a folder's sources name: by a using line, or in a qualified name.</summary>
    public static IEnumerable<(string File, string Room)> SeenFrom(string project, string room)
    {
        var rooms = Of(project);
        foreach (var path in Sources(project, room))
        {
            var seen = Names(project).Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value);
            foreach (var other in seen.Where(other => other != room && rooms.Contains(other)).Distinct())
            {
                yield return ($"{room}/{Path.GetFileName(path)}", other);
            }
        }
    }

    private static IEnumerable<string> Sources(string project, string room) => room is "bin" or "obj"
        ? []
        : Directory.EnumerateFiles(Path.Combine(Repository.Root, project, room), "*.cs", SearchOption.AllDirectories);

    // using Aegis.Scoring.Storage;   or   Aegis.Scoring.Storage.Store
    private static Regex Names(string project) => new($@"\b{Regex.Escape(project)}\.(\w+)");
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Aegis.Tests.Architecture;

/// <summary>An event id stands for one message of all programs, so that operators find it in docs/operations.md.</summary>
public sealed partial class EventIdTests
{
    [Fact]
    public void EventIds_OfAllProjects_AreUsedOnce()
    {
        var ids = Ids(Sources()).ToList();
        Assert.InRange(ids.Count, 30, 1_000);
        Assert.Empty(ids.GroupBy(id => id).Where(id => id.Count() > 1).Select(id => id.Key));
    }

    [Fact]
    public void EventIds_OfAllProjects_AreThoseOfTheOperationsPage()
    {
        var page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "operations.md"));
        var rows = page.SkipWhile(line => line != "## Log events").Skip(1).TakeWhile(line => !line.StartsWith('#'))
            .Select(line => Row().Match(line)).Where(row => row.Success)
            .Select(row => int.Parse(row.Groups["id"].Value, CultureInfo.InvariantCulture));
        Assert.Equal(Ids(Sources()).Distinct().Order(), rows.Order());
    }

    [Fact]
    public void Ids_AreFoundInEitherForm() => Assert.Equal(
        [2001, 7, 12], Ids(["[LoggerMessage(2001, LogLevel.Error, \"x\")] [LoggerMessage(EventId = 7)]", "[LoggerMessage(\n    12, LogLevel.Error)]"]));

    private static IEnumerable<int> Ids(IEnumerable<string> sources) => sources.SelectMany(source => Message().Matches(source))
        .Select(match => int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture));

    private static IEnumerable<string> Sources() => Directory.EnumerateDirectories(Repository.Root, "Aegis.*")
        .Where(project => Path.GetFileName(project) != "Aegis.Tests")
        .SelectMany(SourceFiles).Select(File.ReadAllText);

    private static IEnumerable<string> SourceFiles(string project) => Directory.EnumerateDirectories(project)
        .Where(folder => Path.GetFileName(folder) is not ("bin" or "obj"))
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Concat(Directory.EnumerateFiles(project, "*.cs"));

    [GeneratedRegex(@"LoggerMessage\(\s*(?:EventId\s*=\s*)?(?<id>\d+)")]
    private static partial Regex Message();

    [GeneratedRegex(@"^\| (?<id>\d{4}) \|")]
    private static partial Regex Row();
}

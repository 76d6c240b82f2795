using System.Text.RegularExpressions;

namespace Aegis.Tests.Architecture;

public sealed partial class DocumentLinkTests
{
    public static TheoryData<string> Pages =>
    [
        "README.md", "CONTRIBUTING.md",
        .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file)),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_OfAPage_LeadToFilesAndHeadings(string page)
    {
        var path = Path.Combine(Repository.Root, page);
        var links = Links().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value);
        Assert.Equal("", string.Join(' ', links.Where(link => !IsElsewhere(link) && !LeadsSomewhere(path, link))));
    }

    private static bool IsElsewhere(string link) => link.Contains("://", StringComparison.Ordinal);

    // A file, or "file#heading", or "#heading" of the page itself.
    private static bool LeadsSomewhere(string page, string link)
    {
        var parts = link.Split('#');
        var target = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        return Path.Exists(target) && (parts.Length == 1 || HeadingsOf(target).Contains(parts[1]));
    }

    // As GitHub names them: "Tree kernel: what was tried" is tree-kernel-what-was-tried.
    private static IEnumerable<string> HeadingsOf(string page) =>
        Headings().Matches(File.ReadAllText(page))
            .Select(heading => NotInAnchors().Replace(heading.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    // [text](link) and <img src="link">.
    [GeneratedRegex("""(?:\]\(|src=")([^)"\s]+)[)"]""")]
    private static partial Regex Links();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}

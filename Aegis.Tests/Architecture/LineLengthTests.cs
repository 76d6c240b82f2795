using System.Text.RegularExpressions;

namespace Aegis.Tests.Architecture;

/// <summary>Prose ends by column 120.</summary>
public sealed partial class LineLengthTests
{
    private const int MaxLength = 120;

    // The schema writes the features' page: FeaturePage.
    public static TheoryData<string> Pages =>
        [.. DocumentLinkTests.Pages.Select(page => page.Data).Where(page => Path.GetFileName(page) != "features.md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Lines_OfAPage_EndByColumn120(string page) =>
        Assert.Equal("", string.Join('\n', TooLong(File.ReadLines(Path.Combine(Repository.Root, page)))));

    [Fact]
    public void TooLong_ExceptsTablesCodeGeneratedPartsAndWhatCannotBeBroken()
    {
        var prose = string.Concat(Enumerable.Repeat("word ", 25));
        var url = "https://example.org/" + new string('x', MaxLength);
        string[] page =
        [
            prose, $"| {prose} |", "```sh", prose, "```", "<!-- figures: a -->", prose, "<!-- end of figures -->",
            url, $"- see [page]({url}).", $"1. **[page]({url})**:",
            $"{prose} {url}", "short",
        ];
        Assert.Equal([$"1: {prose}", $"12: {prose} {url}"], TooLong(page));
    }

    /// <summary>Numbers and text of the lines that are too long.</summary>
    private static IEnumerable<string> TooLong(IEnumerable<string> lines)
    {
        var (isCode, isGenerated, number) = (false, false, 0);
        foreach (var line in lines)
        {
            number++;
            var text = line.TrimStart();
            isCode ^= text.StartsWith("```", StringComparison.Ordinal);
            isGenerated = line.StartsWith("<!-- ", StringComparison.Ordinal)
                ? !line.StartsWith("<!-- end of ", StringComparison.Ordinal)
                : isGenerated;
            if (line.Length > MaxLength && !isCode && !isGenerated && !text.StartsWith('|') && !Unbreakable().IsMatch(text))
            {
                yield return $"{number}: {line}";
            }
        }
    }

    // A link or address that has its line for itself: "- [page](address)", "<img …>", "https://…".
    [GeneratedRegex(@"^(?:[-*]|\d+\.)?\s*(?:\w+\s)?\*{0,2}(?:!?\[[^\]]*\]\([^)]*\)|<img [^>]*>|<?https?://\S+)\S*$")]
    private static partial Regex Unbreakable();
}

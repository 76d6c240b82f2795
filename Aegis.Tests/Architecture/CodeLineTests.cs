using System.Text.RegularExpressions;

namespace Aegis.Tests.Architecture;

/// <summary>Code ends by column 140, but where that would cut a long text in two; sources end by line 300.</summary>
public sealed partial class CodeLineTests
{
    private const int MaxColumns = 140;
    private const int MaxLines = 300;

    // A text of so many characters may stand in one piece: it is found by searching for it.
    private const int MinText = 60;

    public static TheoryData<string> Projects =>
        [.. Directory.GetDirectories(Repository.Root, "Aegis.*").Select(path => Path.GetFileName(path)).Where(name => Sources(name).Any())];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Lines_OfAProject_EndByColumn140(string project) =>
        Assert.Equal("", string.Join(
            '\n', Sources(project).SelectMany(path => TooLong(File.ReadAllText(path)).Select(line => $"{Path.GetFileName(path)}:{line}"))));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Files_OfAProject_EndByLine300(string project) =>
        Assert.Empty(Sources(project).Where(path => File.ReadLines(path).Count() > MaxLines).Select(Path.GetFileName));

    [Fact]
    public void TooLong_ExceptsLongTextsAlone()
    {
        var words = string.Concat(Enumerable.Repeat("word ", 28));
        var source = $"class C\n{{\n    string A = \"{words}\";\n    // {words}\n    int B = {string.Concat(Enumerable.Repeat("1 + ", 40))}1;\n}}\n";
        Assert.Equal(["4: 147", "5: 174"], TooLong(source).Select(line => line[..line.IndexOf(" |", StringComparison.Ordinal)]));
    }

    /// <summary>Number, length and text of the lines that are too long.</summary>
    private static IEnumerable<string> TooLong(string source)
    {
        var (isRaw, number) = (false, 0);
        foreach (var line in source.Split('\n'))
        {
            number++;
            var quotes = RawText().Count(line);
            if (line.Length > MaxColumns && !isRaw && quotes == 0 && !Text().Matches(line).Any(text => text.Length >= MinText))
            {
                yield return $"{number}: {line.Length} | {line}";
            }

            isRaw ^= quotes % 2 == 1;
        }
    }

    [GeneratedRegex("\"\"\"")]
    private static partial Regex RawText();

    // "a text with an escaped \" in it", or $"one with a {(place ? "for" : "other")} texts in it"
    [GeneratedRegex("""
        \$".*"|"(?:[^"\\]|\\.)*"
        """)]
    private static partial Regex Text();

    private static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal));
}

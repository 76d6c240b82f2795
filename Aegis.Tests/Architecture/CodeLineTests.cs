using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Aegis.Tests.Architecture;

/// <summary>Code ends by column 140, but where that would cut a long text in two; sources end by line 300.</summary>
public sealed class CodeLineTests
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
        Assert.Equal("", string.Join('\n', Sources(project).SelectMany(path => TooLong(File.ReadAllText(path)).Select(line => $"{Path.GetFileName(path)}:{line}"))));

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
    private static List<string> TooLong(string source)
    {
        var text = SourceText.From(source);
        var lines = text.Lines.Where(line => line.Span.Length > MaxColumns).ToList();
        if (lines.Count == 0)
        {
            return [];
        }

        var root = CSharpSyntaxTree.ParseText(text).GetRoot();
        var texts = root.DescendantNodes().Where(node => node is InterpolatedStringExpressionSyntax).Select(node => node.Span)
            .Concat(root.DescendantTokens().Where(IsText).Select(token => token.Span)).Where(span => span.Length >= MinText).ToList();
        return [.. lines.Where(line => !texts.Exists(span => span.OverlapsWith(line.Span))).Select(line => $"{line.LineNumber + 1}: {line.Span.Length} | {line}")];
    }

    private static bool IsText(SyntaxToken token) =>
        token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken)
        || token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken) || token.IsKind(SyntaxKind.Utf8StringLiteralToken);

    private static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal));
}

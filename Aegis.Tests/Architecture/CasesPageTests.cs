using System.Text;
using Aegis.Client;
using Aegis.Scoring.Cases;

namespace Aegis.Tests.Architecture;

/// <summary>The table of reason codes of docs/cases.md.</summary>
public sealed class CasesPageTests
{
    private const string Begin = "<!-- reasons -->\n";
    private const string End = "<!-- end of reasons -->";

    private static readonly string Page = Path.Combine(Repository.Root, "docs", "cases.md");

    /// <summary>AEGIS_WRITE_DOCS=1 writes the page.</summary>
    [Fact]
    public void CommittedPage_IsWhatTheCodeSays()
    {
        var committed = File.ReadAllText(Page);
        var (from, to) = (committed.IndexOf(Begin, StringComparison.Ordinal), committed.IndexOf(End, StringComparison.Ordinal));
        var table = new StringBuilder("| verdict | reason | meaning |\n|---|---|---|\n");
        foreach (var verdict in Enum.GetValues<VerdictKind>())
        {
            foreach (var (code, meaning) in VerdictReasons.Of(verdict))
            {
                table.Append($"| {verdict.ToString().ToLowerInvariant()} | `{code}` | {meaning} |\n");
            }
        }

        var right = committed[..(from + Begin.Length)] + table + committed[to..];
        if (Environment.GetEnvironmentVariable("AEGIS_WRITE_DOCS") == "1")
        {
            File.WriteAllText(Page, right);
            return;
        }

        Assert.True(right == committed, $"docs/cases.md differs from the code; AEGIS_WRITE_DOCS=1 writes it:\n{right}");
    }
}

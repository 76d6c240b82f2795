using System.Text;
using Aegis.Rules.Names;
using Aegis.Rules.Sets;
using Aegis.Rules.Starter;

namespace Aegis.Tests.Architecture;

/// <summary>The tables of docs/rules.md: the names that conditions may use, faults as the language reports them, and the
/// starter pack.</summary>
public sealed class RulesPageTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "rules.md");
    private static readonly RuleNames Names = new("EUR");

    private static readonly string[] Faulty =
    [
        "amont > 900", "amount = 900", "amount > 'much'", "country == 'DEU'", "channel in ('online')", "amount > 900 && hour < 6",
        "1 < hour < 6", "amount", "(amount > 900",
    ];

    /// <summary>AEGIS_WRITE_DOCS=1 writes the page.</summary>
    [Fact]
    public void CommittedPage_IsWhatTheCodeSays()
    {
        var committed = File.ReadAllText(Page);
        var right = Filled(Filled(Filled(committed, "faults", FaultTable()), "names", NameTables()), "starter", StarterTable());
        if (Environment.GetEnvironmentVariable("AEGIS_WRITE_DOCS") == "1")
        {
            File.WriteAllText(Page, right);
            return;
        }

        Assert.True(right == committed, $"docs/rules.md differs from the code; AEGIS_WRITE_DOCS=1 writes it:\n{right}");
    }

    /// <summary>The first example and those in the table of the language.</summary>
    [Theory]
    [InlineData("amount_eur > 900 and count_10m >= 3 and country not in ('DE', 'AT', 'CH')")]
    [InlineData("country in ('DE', 'FR')")]
    [InlineData("mcc not in ('5411', '5412')")]
    [InlineData("device is missing")]
    [InlineData("amount is not missing")]
    [InlineData("device != 'd-1'")]
    [InlineData("not (device == 'd-1')")]
    public void ConditionOfThePage_StandsThere_AndHasNoFault(string condition)
    {
        Assert.Contains(condition, File.ReadAllText(Page), StringComparison.Ordinal);
        Assert.Null(RuleDefinition.FaultOf(condition, Names));
    }

    private static string FaultTable()
    {
        var table = new StringBuilder("| condition | answer |\n|---|---|\n");
        foreach (var condition in Faulty)
        {
            table.Append($"| `{condition}` | {RuleDefinition.FaultOf(condition, Names)!.Message} |\n");
        }

        return table.ToString();
    }

    private static string StarterTable()
    {
        var table = new StringBuilder("| rule | condition | what for |\n|---|---|---|\n");
        foreach (var (name, rule) in StarterPack.Rules)
        {
            table.Append($"| `{name}` | `{rule.When}` | {rule.Description} |\n");
        }

        return table.ToString();
    }

    private static string NameTables()
    {
        var page = new StringBuilder();
        foreach (var (title, names) in new[] { ("Payment", Names.Payment), ("Scores", Names.Scores), ("Features", Names.Features) })
        {
            page.Append($"### {title}\n| name | type | meaning | missing |\n|---|---|---|---|\n");
            foreach (var name in names)
            {
                var type = name.IsText ? $"text: {name.AllowedTexts}" : "number";
                page.Append($"| `{name.Name}` | {type} | {name.Meaning} | {name.Missing} |\n");
            }

            page.Append('\n');
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string Filled(string page, string part, string content)
    {
        var begin = $"<!-- {part} -->\n";
        var from = page.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return page[..from] + content + page[page.IndexOf($"<!-- end of {part} -->", StringComparison.Ordinal)..];
    }
}

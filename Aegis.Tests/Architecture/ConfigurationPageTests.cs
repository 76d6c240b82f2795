using Aegis.AppHost;

namespace Aegis.Tests.Architecture;

/// <summary>It alone writes to the console, so it runs alone.</summary>
[Collection(AloneTests.Name)]
public sealed class ConfigurationPageTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "configuration.md");

    /// <summary>AEGIS_WRITE_DOCS=1 writes the page.</summary>
    [Fact]
    public void CommittedPage_IsWhatTheCodeSays()
    {
        var committed = File.ReadAllText(Page);
        var right = ConfigurationPage.Write(committed, UpHelp());
        if (Environment.GetEnvironmentVariable("AEGIS_WRITE_DOCS") == "1")
        {
            File.WriteAllText(Page, right);
            return;
        }

        Assert.True(right == committed, $"docs/configuration.md differs from the code; AEGIS_WRITE_DOCS=1 writes it:\n{right}");
    }

    [Fact]
    public void Write_NamesSettingsAndOptionsWithRangeAndDefault()
    {
        var empty = string.Concat(
            new[] { "settings", "commands", "detectors" }.Select(part => $"<!-- {part} -->\n<!-- end of {part} -->\n"));
        var page = ConfigurationPage.Write(
            empty, "Options:\n  --rate <rate>  Payments\n                 per second. [default: 20]\n  --fresh        Anew.\n");
        Assert.Contains("| `Streams__LeaseMs` | How long a lease outlives its holder", page, StringComparison.Ordinal);
        Assert.Contains("| 500 to 60,000 milliseconds | 3000 |\n", page, StringComparison.Ordinal);
        Assert.Contains("| `--rate` | Payments per second. | 20 |\n| `--fresh` | Anew. |  |\n", page, StringComparison.Ordinal);
        Assert.Contains("### ./aegis dead-letters drive\n", page, StringComparison.Ordinal);
        Assert.Contains("### Aegis.Producer replay\n", page, StringComparison.Ordinal);
        Assert.Contains("### Aegis.Training train\n", page, StringComparison.Ordinal);
        Assert.Contains("| `Trees` | The number of trees, 1 to 10,000. | 300 |\n", page, StringComparison.Ordinal);
        Assert.Contains("| `columnsPerSplit` | Columns that a split", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OfAPageWithoutAMark_NamesIt()
    {
        var fault = Assert.Throws<FormatException>(() => ConfigurationPage.Write("# Configuration\n", ""));
        Assert.Contains("'<!-- settings -->'", fault.Message, StringComparison.Ordinal);
    }

    private static string UpHelp()
    {
        var console = Console.Out;
        using var help = new StringWriter();
        Console.SetOut(help);
        try
        {
            UpOptions.Parse(["--help"], out _);
        }
        finally
        {
            Console.SetOut(console);
        }

        return help.ToString();
    }
}

using System.Text.Json.Nodes;
using Aegis.Benchmarks.Publishing;

namespace Aegis.Tests.Architecture;

public sealed class PublishedFiguresTests : IDisposable
{
    private readonly string _root = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_root, recursive: true);

    public static TheoryData<string> QuotingPages => [.. Pages.All];

    [Theory]
    [MemberData(nameof(QuotingPages))]
    public void CommittedPage_QuotesThePublishedResults(string page) =>
        Assert.Equal(new Pages(Repository.Root).Write(page), File.ReadAllText(Path.Combine(Repository.Root, page)));

    [Fact]
    public void Models_OfAQualityFile_NameEveryStreamAndModel()
    {
        var quality = JsonNode.Parse(
            """
            { "streams": [ { "name": "S", "train": "a", "test": "b", "testRows": 12345, "testFrauds": 7, "labelFeatures": "off",
              "models": [
                { "name": "forest", "k": 100, "period": "day", "auroc": 0.9, "aurocSd": 0.01, "ap": 0.5, "apSd": 0, "cardPrecision": 0.25, "cardPrecisionSd": 1e-17, "precisionAtBudget": 0.1, "recallAtBudget": 0.2 },
                { "name": "PCA", "k": 100, "period": "day", "auroc": 0.8, "aurocSd": 0, "ap": 0.4, "apSd": 0, "cardPrecision": 0.15, "cardPrecisionSd": 0, "precisionAtBudget": 0, "recallAtBudget": 0 } ],
              "contamination": [ { "share": 0.002, "forest": { "ap": 0.1 }, "autoencoder": { "ap": 0.2 }, "tailSum": { "ap": 0.3 }, "fused": { "ap": 0.4 } } ] } ] }
            """)!;
        const string Forest = "| S, a / b; 12,345 payments, 7 frauds; @100 a day | off | forest | 0.900 ± 0.010 | 0.500 | 0.250 | 0.100 | 0.200 |";
        Assert.Equal([Forest, "|  |  | PCA | 0.800 | 0.400 | 0.150 | 0.000 | 0.000 |"], QualityTables.Models(quality).Split('\n')[2..4]);
        Assert.Equal([Forest, ""], QualityTables.ShippedModels(quality).Split('\n')[2..]);
        Assert.Contains("| 0.2 % | 0.100 | 0.200 | 0.300 | 0.400 |", QualityTables.Contamination(quality).Split('\n'));
    }

    [Fact]
    public void Publish_CopiesTheNamedResultsAndWritesThePages()
    {
        Change("soak", soak => soak["endMiB"] = 98_765);
        var pages = Published();
        pages.Publish(_root, ["soak-short=soak"]);
        Assert.Contains("98,765 MiB at the end", File.ReadAllText(Path.Combine(pages.Results, "README.md")), StringComparison.Ordinal);
        Assert.Contains("98765", File.ReadAllText(Path.Combine(pages.Results, "soak-short.json")), StringComparison.Ordinal);
        Assert.Contains("'drain' has no result", Assert.Throws<FileNotFoundException>(() => pages.Publish(_root, ["drain"])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Publish_OfAnotherDrain_ChangesTheHeadline()
    {
        Change("drain", drain => drain["transactionsPerSecond"] = 7_654_321);
        Published().Publish(_root, ["drain"]);
        Assert.Contains("](docs/benchmarks/drain.json) | 7,654,321 a second |", File.ReadAllText(Path.Combine(_root, "README.md")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Publish_OfAForestMeasuredWithoutScikitLearn_LeavesItOut()
    {
        Change("forest", forest =>
        {
            foreach (var figure in forest.AsObject().Where(figure => figure.Key.Contains("klearn", StringComparison.Ordinal)).ToList())
            {
                forest[figure.Key] = null;
            }

            forest["ratioToPointerForest"] = 12.3;
        });
        var pages = Published();
        pages.Publish(_root, ["forest"]);
        Assert.Contains("| 12 times a textbook forest |", File.ReadAllText(Path.Combine(_root, "README.md")), StringComparison.Ordinal);
        Assert.DoesNotContain("times scikit-learn", File.ReadAllText(Path.Combine(pages.Results, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Publish_OfAPageThatLostAnEnd_WritesNothing()
    {
        Change("soak", soak => soak["endMiB"] = 98_765);
        var pages = Published();
        var card = Path.Combine(_root, "docs", "model-card.md");
        var text = File.ReadAllText(card);
        const string End = "<!-- end of figures -->";
        File.WriteAllText(card, text.Remove(text.IndexOf(End, StringComparison.Ordinal), End.Length));
        Assert.Contains("docs/model-card.md", Assert.Throws<FormatException>(() => pages.Publish(_root, ["soak"])).Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain("98765", File.ReadAllText(Path.Combine(pages.Results, "soak.json")), StringComparison.Ordinal);
    }

    /// <summary>A copy of the committed pages and results.</summary>
    private Pages Published()
    {
        string[] texts = [.. Directory.GetFiles(Path.Combine(Repository.Root, "docs", "benchmarks")), Path.Combine(
            Repository.Root, "docs", "model-card.md"), Path.Combine(Repository.Root, "README.md")];
        foreach (var file in texts)
        {
            var copy = Path.Combine(_root, Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return new Pages(_root);
    }

    /// <summary>A result of a run that differs from the committed one.</summary>
    private void Change(string name, Action<JsonNode> change)
    {
        var result = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "benchmarks", $"{name}.json")))!;
        change(result);
        File.WriteAllText(Path.Combine(_root, $"{name}.json"), result.ToJsonString());
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Aegis.MachineLearning.Choices;
using Aegis.Training.Evaluating;
using Aegis.Training.Searching;
using Aegis.Training.Verbs;

namespace Aegis.Tests.Training.Evaluating;

public sealed class EvaluationFileTests : IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Of_AReport_HasTheNamesAndOrderThatTablesArePublishedFrom()
    {
        var json = Written(SampleReport.Full);
        Assert.Equal(
            [
                "data", "map", "train", "test", "labelDelayDays", "knownCards", "seeds", "labelFeatures", "options", "leftOut", "chosenOn",
                "trainRows", "testRows", "testFrauds", "models", "ablation", "contamination", "search",
            ], Names(json));
        Assert.Equal(
            [
                "name", "auroc", "aurocSd", "ap", "apSd", "cardPrecision", "cardPrecisionSd", "k", "period", "precisionAtBudget",
                "precisionAtBudgetSd", "recallAtBudget", "recallAtBudgetSd", "recallByScenario",
            ], Names(json["models"]![0]!));
        Assert.Equal(["inputs", "result"], Names(json["ablation"]![0]!));
        Assert.Equal(["auroc", "ap", "cardPrecision", "merit"], Names(json["ablation"]![0]!["result"]!));
        Assert.Equal(["share", "forest", "autoencoder", "tailSum", "fused"], Names(json["contamination"]![0]!));
        Assert.Equal(["change", "result", "isTaken"], Names(json["search"]![0]!));
        Assert.Equal(
            ["chosenOn", "inputs", "trees", "subsamples", "columnsPerSplit", "autoencoderWeight", "tailSumWeight", "segments"],
            Names(json["options"]!));
    }

    [Fact]
    public void Of_AReport_SaysWhatWasAskedForAndFound()
    {
        var json = Written(SampleReport.Full);
        string[] plain =
        [
            "data", "map", "train", "test", "labelDelayDays", "knownCards", "seeds", "labelFeatures", "leftOut", "chosenOn", "trainRows",
            "testRows", "testFrauds",
        ];
        Assert.Equal(
            "small.csv native 2025-03-11..2025-03-19 2025-03-21..2025-03-30 7 keep 2 on velocity then 900 800 40",
            string.Join(' ', plain.Select(name => json[name]!.ToString())));
        Assert.Equal(
            ["forest", "autoencoder", "tail sum", "fused", "amount", "velocity", "Mahalanobis"],
            json["models"]!.AsArray().Select(model => (string)model!["name"]!));
        Assert.Equal(
            ("week", 3, 0.5), ((string)json["models"]![0]!["period"]!, (int)json["models"]![0]!["k"]!, (double)json["models"]![3]!["ap"]!));
        Assert.Equal(["first"], json["search"]!.AsArray().Select(step => (string)step!["change"]!));
    }

    [Fact]
    public void Of_AReportWithoutExtras_KeepsNullsAndEmptyLists()
    {
        var report = SampleReport.Full with
        {
            Options = new EvaluateOptions("small.csv", default, default), Choice = new ModelChoice(),
            Search = null, Ablation = [], Contamination = [],
        };
        var json = Written(report);
        Assert.True(json.ContainsKey("leftOut") && json["leftOut"] is null);
        Assert.True(json.ContainsKey("chosenOn") && json["chosenOn"] is null);
        Assert.Equal(["remove", "off"], new[] { "knownCards", "labelFeatures" }.Select(name => (string)json[name]!));
        Assert.All(new[] { "ablation", "contamination", "search" }, name => Assert.Empty(json[name]!.AsArray()));
    }

    private static List<string> Names(JsonNode node) => [.. node.AsObject().Select(property => property.Key)];

    private JsonObject Written(EvaluationReport report)
    {
        var path = Path.Combine(_folder, "report.json");
        JsonReport.Write(path, EvaluationFile.Of(report));
        var text = File.ReadAllText(path);
        Assert.StartsWith("{\n  \"data\": \"small.csv\"", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        return JsonSerializer.Deserialize<JsonObject>(text)!;
    }
}

using System.Text.Json.Nodes;
using Aegis.MachineLearning.Choices;
using Aegis.Training.Evaluating;
using Aegis.Training.Searching;
using Aegis.Training.Verbs;

namespace Aegis.Tests.Training.Verbs;

public sealed class EvaluateVerbTests(SmallDataset small) : IClassFixture<SmallDataset>, IDisposable
{
    private const string Days = "--train 2025-03-11..2025-03-19 --test 2025-03-21..2025-03-30";
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Options_OfTheLeastCommandLine_AreTheUsualOnes() => Assert.Equal(
        new EvaluateOptions("a.csv", SmallDataset.Days(10, 18), SmallDataset.Days(20, 29)),
        EvaluateVerb.Options(EvaluateVerb.Create().Parse($"--data a.csv {Days}")));

    [Fact]
    public void Options_OfAFullCommandLine_HaveItAll() => Assert.Equal(
        new EvaluateOptions("a.csv", SmallDataset.Days(10, 18), SmallDataset.Days(20, 29))
        {
            Map = "handbook", LabelDelayDays = 3, RemovesKnownCards = false, Seeds = 9, K = 8, Period = AlertPeriod.Week, Shards = 4,
            Budget = 50, FeedsLabels = true, ChoicePath = "c.json", ChooseOn = SmallDataset.Days(0, 1), JudgeOn = SmallDataset.Days(2, 3),
            MostFits = 77, LeftOutGroups = "velocity,amount", WithAblation = true, WithBaselines = true, WithContamination = true,
        },
        EvaluateVerb.Options(EvaluateVerb.Create().Parse(
            $"--data a.csv {Days} --map handbook --label-delay 3 --known-cards keep --seeds 9 --k 8 --period week --shards 4 --budget 50 "
            + "--label-features on --options c.json --choose 2025-03-01..2025-03-02 --judge 2025-03-03..2025-03-04 --fits 77 "
            + "--without velocity,amount --ablation --baselines --contamination")));

    [Fact]
    public void Options_WithoutData_SayThatItIsMissing() => Assert.StartsWith(
        "--data is missing", Assert.Throws<ArgumentException>(() => EvaluateVerb.Options(EvaluateVerb.Create().Parse(Days))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Invoke_WithFiles_WritesReportAndChoice()
    {
        var (json, choice) = (Path.Combine(_folder, "report.json"), Path.Combine(_folder, "chosen.json"));
        Assert.Equal(0, EvaluateVerb.Create().Parse(
        [
            "--data", small.Path, .. Days.Split(' '), "--seeds", "1", "--shards", "4", "--options", small.ChoicePath,
            "--json", json, "--write-options", choice,
        ]).Invoke());
        var report = JsonNode.Parse(File.ReadAllText(json))!;
        Assert.Equal(("small.csv", 1, 6), ((string)report["data"]!, (int)report["seeds"]!, report["models"]!.AsArray().Count));
        Assert.Equal(["amount_log", "amount_z", "sum_1h"], ModelChoice.Read(choice).Inputs);
    }
}

using Aegis.Core.Decisions;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Choices;
using Aegis.Training.Bundles;
using Aegis.Training.Searching;

namespace Aegis.Tests.Training;

public sealed class BundleProvenanceTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    [Fact]
    public void Of_AFile_NamesItWithoutItsFolderAndTheMapItWasReadBy()
    {
        var facts = Of(new TrainOptions { DataPath = "some/folder/file.csv", Map = "handbook" });
        Assert.Equal(("file.csv", "handbook", "none"), (facts["data"], facts["map"], facts["external"]));
        Assert.Equal(
            ("2025-03-02..2025-03-04", "0", "0011223344556677"), (facts["trainingDays"], facts["trainingRows"], facts["dataFingerprint"]));
        Assert.Equal(("9", "amount_log, sum_1h"), (facts["seed"], facts["inputs"]));
        Assert.Equal("40 trees of 256 and 1024 payments, 2 columns a split", facts["forest"]);
        Assert.Equal(("0.25", "0.1"), (facts["autoencoderWeight"], facts["tailSumWeight"]));
        Assert.Equal("2026-05-04T03:02:01.0000000+00:00", facts["trainedAt"]);
        Assert.Equal(
            [
                "data", "map", "trainingDays", "trainingRows", "dataFingerprint", "seed", "choice", "inputs", "forest", "autoencoderWeight",
                "tailSumWeight", "external", "trainedAt", "runtime", "aegis",
            ], facts.Keys);
    }

    [Fact]
    public void Of_SimulatedPayments_SaysSoTwice()
    {
        var facts = Of(new TrainOptions { Map = "handbook" });
        Assert.Equal(("simulator", "simulator"), (facts["data"], facts["map"]));
    }

    private static Dictionary<string, string> Of(TrainOptions options)
    {
        var choice = new ModelChoice
        {
            Inputs = ["amount_log", "sum_1h"], Trees = 40, Subsamples = [256, 1024], ColumnsPerSplit = 2,
            AutoencoderWeight = 0.25, TailSumWeight = 0.1,
        };
        var rows = new TrainingRows(new FeatureRows(), SmallDataset.Days(1, 3), "0011223344556677");
        return BundleProvenance.Of(options, choice, choice.ToOptions(seed: 9, new AlertBudget()), rows, Now);
    }
}

using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Choices;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Bundles;
using Aegis.Training.Searching;

namespace Aegis.Tests.Training.Bundles;

public sealed class BundleProvenanceTests
{
    private static readonly ModelChoice Choice = new()
    {
        Inputs = ["amount_log", "new_country"], Trees = 70, Subsamples = [256, 1_024], ColumnsPerSplit = 3, AutoencoderWeight = 0.25,
        TailSumWeight = 0.125,
    };

    [Fact]
    public void Of_AFile_NamesDataChoiceAndSeed()
    {
        var provenance = Of(new TrainOptions { DataPath = "/data/days.csv.gz", Map = "sparkov" });
        Assert.Equal(
            ("days.csv.gz", "sparkov", "2018-07-01..2018-07-14", "0"),
            (provenance["data"], provenance["map"], provenance["trainingDays"], provenance["trainingRows"]));
        Assert.Equal(("0123", "9"), (provenance["dataFingerprint"], provenance["seed"]));
        Assert.Equal(
            ("amount_log, new_country", "70 trees of 256 and 1024 payments, 3 columns a split"),
            (provenance["inputs"], provenance["forest"]));
        Assert.Equal(
            ("0.25", "0.125", "none"), (provenance["autoencoderWeight"], provenance["tailSumWeight"], provenance["external"]));
        Assert.Equal("2026-03-01T12:00:00.0000000+00:00", provenance["trainedAt"]);
    }

    [Fact]
    public void Of_SimulatedPayments_NamesTheSimulator()
    {
        var provenance = Of(new TrainOptions { Map = "sparkov" });
        Assert.Equal(("simulator", "simulator"), (provenance["data"], provenance["map"]));
    }

    private static Dictionary<string, string> Of(TrainOptions options)
    {
        Assert.True(DateRange.TryParse("2018-07-01..2018-07-14", out var days));
        return BundleProvenance.Of(
            options, Choice, new FraudModelTrainingOptions { Seed = 9 }, new TrainingRows(new FeatureRows(), days, "0123"),
            TestTransactions.Noon);
    }
}

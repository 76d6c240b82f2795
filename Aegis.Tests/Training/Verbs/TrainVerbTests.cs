using System.Globalization;
using Aegis.MachineLearning.Bundles;
using Aegis.Training.Bundles;
using Aegis.Training.Verbs;

namespace Aegis.Tests.Training.Verbs;

public sealed class TrainVerbTests : IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Train_OnSimulatedPayments_WritesABundleThatTellsItsMetrics()
    {
        var facts = Train("--fraud-share", "0.05").Provenance;
        Assert.InRange(Number("labelledFrauds") / Number("trainingRows"), 0.02, 0.09);
        Assert.InRange(Number("flaggedShare"), 0.005, 0.02);
        foreach (var detector in new[] { "forest", "autoencoder", "tailSum", "fused" })
        {
            Assert.InRange(Number($"{detector}.auroc"), 0.7, 1);
            Assert.InRange(Number($"{detector}.averagePrecision"), 0.1, 1);
        }

        double Number(string fact) => double.Parse(facts[fact], CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Train_WithoutLabelledFrauds_TellsThatThereAreNone()
    {
        var facts = Train("--fraud-share", "0").Provenance;
        Assert.Equal("0", facts["labelledFrauds"]);
        Assert.DoesNotContain("fused.auroc", facts.Keys);
    }

    [Fact]
    public void Options_OfTheLeastCommandLine_AreTheUsualOnes() =>
        Assert.Equal(new TrainOptions(), TrainVerb.Options(TrainVerb.Create().Parse("--out a.aegis")));

    [Fact]
    public void Options_OfAFullCommandLine_HaveItAll() => Assert.Equal(
        new TrainOptions
        {
            DataPath = "a.csv", Map = "handbook", SkipsBad = true, Train = SmallDataset.Days(0, 1), Days = 5, Seed = 6, FraudShare = 0.25,
            Customers = 70, Shards = 8, Budget = 50, ChoicePath = "c.json", ExternalPath = "e.onnx", ExternalWeight = 0.5,
        },
        TrainVerb.Options(TrainVerb.Create().Parse(
            "--out a.aegis --data a.csv --map handbook --skip-bad --train 2025-03-01..2025-03-02 --days 5 --seed 6 --fraud-share 0.25 "
            + "--customers 70 --shards 8 --budget 50 --options c.json --extern e.onnx --extern-weight 0.5")));

    private FraudModel Train(params string[] options)
    {
        var path = Path.Combine(_folder, "a.aegis");
        Assert.Equal(0, TrainVerb.Create().Parse(["--out", path, "--customers", "150", "--seed", "3", .. options]).Invoke());
        return FraudModelFile.Read(File.ReadAllBytes(path));
    }
}

using System.Globalization;
using Aegis.MachineLearning.Bundles;
using Aegis.Training.Verbs;

namespace Aegis.Tests.Training;

public sealed class TrainVerbTests : IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Train_OnSimulatedPayments_WritesABundleThatTellsItsMetrics()
    {
        var facts = Train("--fraud-share", "0.05").Facts;
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
        var facts = Train("--fraud-share", "0").Facts;
        Assert.Equal("0", facts["labelledFrauds"]);
        Assert.DoesNotContain("fused.auroc", facts.Keys);
    }

    private FraudModel Train(params string[] options)
    {
        var path = Path.Combine(_folder, "a.aegis");
        Assert.Equal(0, TrainVerb.Create().Parse(["--out", path, "--customers", "150", "--seed", "3", .. options]).Invoke());
        return FraudModelFile.Read(File.ReadAllBytes(path));
    }
}

using Aegis.MachineLearning.Bundles;
using Aegis.Tests.MachineLearning.Bundles;
using Aegis.Training.Bundles;

namespace Aegis.Tests.Training.Bundles;

public sealed class TrainingMetricsTests
{
    [Fact]
    public void AddTo_AModel_TellsWhatItFlagsAndHowEachDetectorRanks()
    {
        // Amounts of 0, 1, 2 and 30; the two frauds are the first and the last of them.
        var model = TrainingMetrics.AddTo(TinyModel.Make(), Rows((0, true), (1, false), (2, false), (30, true)));
        Assert.Equal("the training days; labels were not fitted on", model.Provenance["metricsOn"]);
        Assert.Equal(("0.25", "2"), (model.Provenance["flaggedShare"], model.Provenance["labelledFrauds"]));
        // Of four pairs of a fraud and a genuine payment two are in order: precisions of 1 and 2/4 at the frauds.
        foreach (var detector in new[] { "autoencoder", "tailSum", "fused" })
        {
            Assert.Equal("0.5", model.Provenance[$"{detector}.auroc"]);
            Assert.Equal("0.75", model.Provenance[$"{detector}.averagePrecision"]);
        }

        // To the forest all amounts from 1 on are alike: pairs with the last fraud count half.
        Assert.Equal("0.25", model.Provenance["forest.auroc"]);
        Assert.Equal("hand", model.Provenance["data"]);
    }

    [Theory]
    [InlineData(false, "0")]
    [InlineData(true, "2")]
    public void AddTo_WhereAllAreOfOneKind_RanksNothing(bool isFraud, string frauds)
    {
        var model = TrainingMetrics.AddTo(TinyModel.Make(), Rows((0, isFraud), (1, isFraud)));
        Assert.Equal(("0", frauds), (model.Provenance["flaggedShare"], model.Provenance["labelledFrauds"]));
        Assert.DoesNotContain(model.Provenance.Keys, key => key.Contains('.', StringComparison.Ordinal));
    }

    private static FeatureRows Rows(params (float Amount, bool IsFraud)[] payments)
    {
        var rows = new FeatureRows();
        foreach (var (amount, isFraud) in payments)
        {
            rows.Add(TinyModel.Vector(amount, 0), "card", 1, isFraud, (ulong)rows.Count << 62);
        }

        return rows;
    }
}

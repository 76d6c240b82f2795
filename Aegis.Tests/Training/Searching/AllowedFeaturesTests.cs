using Aegis.Core.Features;
using Aegis.MachineLearning.Bundles;
using Aegis.Training.Searching;

namespace Aegis.Tests.Training.Searching;

public sealed class AllowedFeaturesTests
{
    [Fact]
    public void Of_RowsThatVaryInTwoFeatures_AreThoseTwo() =>
        Assert.Equal(
            [Feature.AmountLog, Feature.Count1Hour],
            AllowedFeatures.Of(Rows(Feature.Count1Hour, Feature.AmountLog), null, feedsLabels: false));

    [Fact]
    public void Of_AGroupLeftOut_HasNoneOfIt() =>
        Assert.Equal(
            [Feature.AmountLog], AllowedFeatures.Of(Rows(Feature.Count1Hour, Feature.AmountLog), " velocity ,", feedsLabels: false));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_LabelFeatures_AreAllowedWhereLabelsFeedFeatures(bool feedsLabels) => Assert.Equal(
        feedsLabels ? [Feature.AmountLog, Feature.MerchantRisk30Days] : [Feature.AmountLog],
        AllowedFeatures.Of(Rows(Feature.AmountLog, Feature.MerchantRisk30Days), null, feedsLabels));

    [Fact]
    public void Of_AnUnknownGroup_NamesItAndTheKnownOnes() => Assert.StartsWith(
        "--without is 'planets'; allowed: amount, velocity,",
        Assert.Throws<ArgumentException>(() => AllowedFeatures.Of(Rows(Feature.AmountLog), "amount,planets", feedsLabels: false)).Message,
        StringComparison.Ordinal);

    /// <summary>Three rows that are all zeros, but for some features in the last.</summary>
    private static FeatureRows Rows(params Feature[] varying)
    {
        var rows = new FeatureRows();
        var features = new float[FeatureSchema.Count];
        rows.Add(features, "a", 1, false, 0);
        rows.Add(features, "b", 1, false, 0);
        foreach (var feature in varying)
        {
            features[(int)feature] = 1;
        }

        rows.Add(features, "c", 1, false, 0);
        return rows;
    }
}

using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.MachineLearning.Choices;
using Aegis.Training.Bundles;
using Aegis.Training.Searching;

namespace Aegis.Tests.Training.Searching;

public sealed class MapChoiceTests
{
    [Theory]
    [InlineData("handbook", false)]
    [InlineData("handbook", true)]
    [InlineData("sparkov", false)]
    [InlineData("kaggle-sparkov", false)]
    [InlineData("simulated", false)]
    public void Of_OfABuiltInMap_IsWhatEarlierDaysOfThatStreamRewarded(string map, bool feedsLabels)
    {
        var choice = MapChoice.Of(map, feedsLabels);
        Assert.NotNull(choice.ChosenOn);
        Assert.NotEqual(new ModelChoice().Inputs, choice.Inputs);
        var options = choice.ToOptions(1, new AlertBudget());
        Assert.Equal(feedsLabels, options.Inputs.Any(input => FeatureSchema.Of(input).Group == "labels"));
    }

    [Theory]
    [InlineData("native")]
    [InlineData("tabformer")]
    public void Of_OfAMapThatNamesNone_IsTheDefault_WithMerchantRiskWhereLabelsFeedFeatures(string map)
    {
        var usual = MapChoice.Of(map, feedsLabels: false);
        Assert.Equal(("default", ModelChoice.Read("default").Fingerprint()), (usual.Name, usual.Fingerprint()));
        Assert.Equal(
            ["merchant_risk_1d", "merchant_risk_7d", "merchant_risk_30d"],
            MapChoice.Of(map, feedsLabels: true).Inputs.Except(usual.Inputs));
    }

    [Fact]
    public void Of_OfAUsersMap_IsTheChoiceThatItNames()
    {
        var simulated = File.ReadAllText(Path.Combine(Repository.Root, "Aegis.Datasets", "Maps", "simulated.json"));
        var path = Path.GetTempFileName();
        File.WriteAllText(path, simulated.Replace("\"choice\": \"simulated\"", "\"choice\": \"sparkov\"", StringComparison.Ordinal));
        Assert.Equal("sparkov", MapChoice.Of(path, feedsLabels: false).Name);
        File.WriteAllText(path, simulated.Replace("\"choice\": \"simulated\"", "\"choice\": \"best\"", StringComparison.Ordinal));
        Assert.Equal(
            $"choice of column map '{path}' is 'best'; allowed: default, handbook, sparkov, simulated.",
            Assert.Throws<ArgumentException>(() => MapChoice.Of(path, feedsLabels: false)).Message);
        File.Delete(path);
    }

    [Theory]
    [InlineData(null, "native", null, "simulated")]
    [InlineData("days.csv", "handbook", null, "handbook")]
    [InlineData("days.csv", "native", null, "default")]
    [InlineData("days.csv", "handbook", "default", "default")]
    public void TrainOptions_TakeTheChoiceAskedFor_ElseThatOfTheMap(string? data, string map, string? asked, string expected) =>
        Assert.Equal(expected, new TrainOptions { DataPath = data, Map = map, ChoicePath = asked }.Choice().Name);
}

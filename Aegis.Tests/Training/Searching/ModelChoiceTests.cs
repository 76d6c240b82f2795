using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.MachineLearning.Calibration;
using Aegis.Training.Bundles;
using Aegis.Training.Searching;

namespace Aegis.Tests.Training.Searching;

public class ModelChoiceTests
{
    [Theory]
    [InlineData("handbook", false)]
    [InlineData("handbook", true)]
    [InlineData("sparkov", false)]
    [InlineData("kaggle-sparkov", false)]
    [InlineData("simulated", false)]
    public void OfMap_OfABuiltInMap_IsWhatEarlierDaysOfThatStreamRewarded(string map, bool feedsLabels)
    {
        var choice = ModelChoice.OfMap(map, feedsLabels);
        Assert.NotNull(choice.ChosenOn);
        Assert.NotEqual(new ModelChoice().Inputs, choice.Inputs);
        var options = choice.ToOptions(1, new AlertBudget());
        Assert.Equal(feedsLabels, options.Inputs.Any(input => FeatureSchema.Of(input).Group == "labels"));
    }

    [Theory]
    [InlineData("""{"segments":"planet"}""", "segments")]
    [InlineData("""{"segments":1}""", "segments")]
    [InlineData("""{"forestDecayDays":0}""", "forestDecayDays is '0'; allowed: above 0")]
    [InlineData("""{"columnsPerSplit":65}""", "columnsPerSplit is '65'; allowed: 1 to 64")]
    [InlineData("""{"autoencoderWeight":0.7,"tailSumWeight":0.6}""", "tailSumWeight '0.6'")]
    public void Read_OfAWrongValue_NamesItAndWhatIsAllowed(string json, string mentions)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, json);
        Assert.Contains(mentions, Assert.Throws<ArgumentException>(() => ModelChoice.Read(path)).Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    [Fact]
    public void Read_OfWhatWasWritten_IsTheSame()
    {
        var choice = new ModelChoice { Segments = PaymentSegments.ChannelAndAge, ForestDecayDays = 7, ColumnsPerSplit = 3 };
        var path = Path.GetTempFileName();
        choice.Write(path);
        var options = ModelChoice.Read(path).ToOptions(1, new AlertBudget());
        Assert.Equal((PaymentSegments.ChannelAndAge, 7.0, 3), (options.Segments, options.ForestDecayDays, options.Forest.ColumnsPerSplit));
        Assert.Contains("\"segments\": \"channelAndAge\"", File.ReadAllText(path), StringComparison.Ordinal);
        File.Delete(path);
    }

    [Theory]
    [InlineData("native")]
    [InlineData("tabformer")]
    public void OfMap_OfAMapThatNamesNone_IsTheDefault_WithMerchantRiskWhereLabelsFeedFeatures(string map)
    {
        var usual = ModelChoice.OfMap(map, feedsLabels: false);
        Assert.Equal(("default", ModelChoice.Read("default").Fingerprint()), (usual.Name, usual.Fingerprint()));
        Assert.Equal(
            ["merchant_risk_1d", "merchant_risk_7d", "merchant_risk_30d"],
            ModelChoice.OfMap(map, feedsLabels: true).Inputs.Except(usual.Inputs));
    }

    [Fact]
    public void OfMap_OfAUsersMap_IsTheChoiceThatItNames()
    {
        var simulated = File.ReadAllText(Path.Combine(Repository.Root, "Aegis.Datasets", "Maps", "simulated.json"));
        var path = Path.GetTempFileName();
        File.WriteAllText(path, simulated.Replace("\"choice\": \"simulated\"", "\"choice\": \"sparkov\"", StringComparison.Ordinal));
        Assert.Equal("sparkov", ModelChoice.OfMap(path, feedsLabels: false).Name);
        File.WriteAllText(path, simulated.Replace("\"choice\": \"simulated\"", "\"choice\": \"best\"", StringComparison.Ordinal));
        Assert.Equal(
            $"choice of column map '{path}' is 'best'; allowed: default, handbook, sparkov, simulated.",
            Assert.Throws<ArgumentException>(() => ModelChoice.OfMap(path, feedsLabels: false)).Message);
        File.Delete(path);
    }

    [Fact]
    public void Read_OfAName_IsTheShippedChoice_AndOfNothing_NamesThem()
    {
        Assert.All(ModelChoice.ShippedNames, name => Assert.Equal(name, ModelChoice.Read(name).Name));
        Assert.Equal(4, ModelChoice.ShippedNames.Select(name => ModelChoice.Read(name).Fingerprint()).Distinct().Count());
        Assert.Equal(
            "The choice is 'nothing'; allowed: default, handbook, sparkov, simulated, or the path of a JSON file.",
            Assert.Throws<ArgumentException>(() => ModelChoice.Read("nothing")).Message);
    }

    [Theory]
    [InlineData(null, "native", null, "simulated")]
    [InlineData("days.csv", "handbook", null, "handbook")]
    [InlineData("days.csv", "native", null, "default")]
    [InlineData("days.csv", "handbook", "default", "default")]
    public void TrainOptions_TakeTheChoiceAskedFor_ElseThatOfTheMap(string? data, string map, string? asked, string expected) =>
        Assert.Equal(expected, new TrainOptions { DataPath = data, Map = map, ChoicePath = asked }.Choice().Name);
}

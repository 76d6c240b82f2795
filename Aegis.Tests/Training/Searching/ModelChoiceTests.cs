using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.MachineLearning.Calibration;
using Aegis.Training.Searching;

namespace Aegis.Tests.Training.Searching;

public class ModelChoiceTests
{
    [Theory]
    [InlineData("handbook", false)]
    [InlineData("handbook", true)]
    [InlineData("sparkov", false)]
    public void For_ABuiltInMap_IsWhatEarlierDaysOfThatStreamRewarded(string map, bool feedsLabels)
    {
        var choice = ModelChoice.For(map, feedsLabels);
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

    [Fact]
    public void For_AnyOtherMap_IsTheShippedChoice_WithMerchantRiskWhereLabelsFeedFeatures()
    {
        Assert.Equal(new ModelChoice().Inputs, ModelChoice.For("own.json", feedsLabels: false).Inputs);
        Assert.Equal(
            ["merchant_risk_1d", "merchant_risk_7d", "merchant_risk_30d"],
            ModelChoice.For("own.json", feedsLabels: true).Inputs.Except(new ModelChoice().Inputs));
    }
}

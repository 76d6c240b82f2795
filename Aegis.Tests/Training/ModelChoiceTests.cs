using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Training;

namespace Aegis.Tests.Training;

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

    [Fact]
    public void For_AnyOtherMap_IsTheShippedChoice_WithMerchantRiskWhereLabelsFeedFeatures()
    {
        Assert.Equal(new ModelChoice().Inputs, ModelChoice.For("own.json", feedsLabels: false).Inputs);
        Assert.Equal(
            ["merchant_risk_1d", "merchant_risk_7d", "merchant_risk_30d"], ModelChoice.For("own.json", feedsLabels: true).Inputs.Except(new ModelChoice().Inputs));
    }
}

using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Choices;

namespace Aegis.Tests.MachineLearning.Choices;

public sealed class ChoiceSelectionTests(SmallModel small) : IClassFixture<SmallModel>
{
    [Fact]
    public void Shares_AreThoseOfTheOthersWithAtLeastTheRisk_AndNeverZero() =>
        Assert.Equal([0.2, 0.4, 1, 0.6], ChoiceSelection.Shares([9, 4, 0, 3], [1, 2, 3, 4]));

    [Fact]
    public void Judge_PutsTheLeastTypicalShareFirst()
    {
        var judged = ChoiceSelection.Judge(
            [("a", [0.1, 0.1, 0.001, 0.1]), ("b", [0.01, 0.01, 0.01, 0.01]), ("c", [0.5, 0.5, 0.5, 1])], seed: 1);
        Assert.Equal(["b", "a", "c"], judged.Select(choice => choice.Choice));
        Assert.Equal(0.01, judged[0].TypicalShare, 12);
        Assert.Equal(Math.Pow(1e-6, 0.25), judged[1].TypicalShare, 12);
        Assert.Equal(1, judged.Sum(choice => choice.Confidence), 12);
    }

    [Fact]
    public void Judge_IsSureWhereEveryFraudAgrees_AndNotWhereOneDecides()
    {
        var sure = ChoiceSelection.Judge([("a", [0.01, 0.02, 0.03]), ("b", [0.011, 0.021, 0.031])], seed: 1)[0];
        Assert.Equal(("a", 1.0), (sure.Choice, sure.Confidence));
        // Drawing three of three, the first fraud is missed in 8 of 27 draws.
        var unsure = ChoiceSelection.Judge([("a", [0.0001, 0.02, 0.02]), ("b", [0.01, 0.01, 0.01])], seed: 1)[0];
        Assert.Equal("a", unsure.Choice);
        Assert.InRange(unsure.Confidence, 19 / 27.0 - 0.05, 19 / 27.0 + 0.05);
        Assert.Equal(unsure, ChoiceSelection.Judge([("a", [0.0001, 0.02, 0.02]), ("b", [0.01, 0.01, 0.01])], seed: 1)[0]);
    }

    [Fact]
    public void Risks_AreTheDetectors_WhateverTheNumberOfRows()
    {
        var detector = new FraudDetector(small.Model);
        var risks = ChoiceSelection.Risks(small.Model, small.Rows.Features);
        Assert.Equal(small.Rows.Count, risks.Length);
        Assert.All(new[] { 0, 255, 256, risks.Length - 1 }, row => Assert.Equal(detector.Assess(small.Rows[row]).Risk, risks[row]));
    }
}

using Aegis.MachineLearning.Bundles;
using Aegis.Tests.MachineLearning.Bundles;
using Aegis.Training.Evaluating;

namespace Aegis.Tests.Training.Evaluating;

public sealed class ModelScoresTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(700)]
    public void Of_AnyNumberOfRows_IsEachRowsAssessmentInOrder(int count)
    {
        var rows = new FeatureRows();
        for (var i = 0; i < count; i++)
        {
            rows.Add(TinyModel.Vector(i % 7, i), "card", 1, isFraud: false, idHash: 0);
        }

        var model = TinyModel.Make();
        var detector = new FraudDetector(model);
        Assert.Equal(Enumerable.Range(0, count).Select(row => detector.Assess(rows[row])), ModelScores.Of(model, rows));
    }
}

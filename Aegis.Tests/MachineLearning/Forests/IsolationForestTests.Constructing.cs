using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.Tests.MachineLearning.Forests;

public sealed partial class IsolationForestTests
{
    [Fact]
    public void Score_OfRowsThatDoNotFit_IsRefused()
    {
        var forest = IsolationForestTrainer.Train(Cluster(500, 4), 4, new IsolationForestOptions { Trees = 20 });
        Assert.Throws<ArgumentException>(() => forest.Score(new float[3]));
        Assert.Throws<ArgumentException>(() => forest.Score(new float[9], 2, new double[2]));
        Assert.Throws<ArgumentException>(() => forest.Score(new float[8], 2, new double[1]));
    }

    [Theory]
    [InlineData(0, 2, 0.5f, 1f)]
    [InlineData(0, -1, 0.5f, 1f)]
    [InlineData(0, 0, 0.5f, 1f)]
    [InlineData(2_048, 1, 0.5f, 1f)]
    [InlineData(0, 1, float.NaN, 1f)]
    [InlineData(0, 1, 0.5f, float.NaN)]
    [InlineData(0, 1, 0.5f, -1f)]
    [InlineData(0, 1, 0.5f, float.PositiveInfinity)]
    public void Constructor_OfNodesThatLeadAstray_Throws(int feature, int left, float threshold, float pathLength)
    {
        ForestNode[] nodes = [new(feature, left, threshold, 1), new(-1, 0, 0, pathLength), new(-1, 0, 0, 1)];
        Assert.Throws<ArgumentException>(() => new IsolationForest(nodes, [0], 1));
    }

    [Fact]
    public void Constructor_OfRootBeyondTheNodes_Throws() =>
        Assert.Throws<ArgumentException>(() => new IsolationForest([new ForestNode(-1, 0, 0, 1)], [1], 1));
}

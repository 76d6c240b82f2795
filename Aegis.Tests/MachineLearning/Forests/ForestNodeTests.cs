using System.Runtime.CompilerServices;
using Aegis.MachineLearning.Forests;

namespace Aegis.Tests.MachineLearning.Forests;

public sealed class ForestNodeTests
{
    [Theory]
    [InlineData(0.9999f, 7)]
    [InlineData(1f, 8)]
    [InlineData(float.NegativeInfinity, 7)]
    [InlineData(float.PositiveInfinity, 8)]
    public void Next_OfANumber_IsLeftBelowTheThresholdAlone(float value, int child)
    {
        Assert.Equal(child, new ForestNode(0, 7, 1, 0, MissingSide.Right).Next(value));
        Assert.Equal(child, new ForestNode(0, 7, 1, 0, MissingSide.Left).Next(value));
    }

    [Fact]
    public void Next_OfNoNumber_IsTheMissingSide()
    {
        Assert.Equal(7, new ForestNode(0, 7, 1, 0, MissingSide.Left).Next(float.NaN));
        Assert.Equal(8, new ForestNode(0, 7, 1, 0, MissingSide.Right).Next(float.NaN));
        Assert.Equal(8, new ForestNode(0, 7, 1, 0).Next(float.NaN));
    }

    [Fact]
    public void ANode_TakesTwentyBytes() => Assert.Equal(20, Unsafe.SizeOf<ForestNode>());
}

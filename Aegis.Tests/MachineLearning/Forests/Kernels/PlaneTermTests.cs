using System.Runtime.CompilerServices;
using Aegis.MachineLearning.Forests.Kernels;

namespace Aegis.Tests.MachineLearning.Forests.Kernels;

public sealed class PlaneTermTests
{
    [Theory]
    [InlineData(2.5f, -4f, -10)]
    [InlineData(0f, 1e30f, 0)]
    [InlineData(1f, float.PositiveInfinity, float.MaxValue)]
    [InlineData(-1f, float.NegativeInfinity, float.MaxValue)]
    public void Of_MultipliesWhatIsFinite(float coefficient, float value, double expected) =>
        Assert.Equal(expected, new PlaneTerm(0, coefficient).Of(value));

    [Fact]
    public void Of_TheLargestFloats_DoesNotOverflow()
    {
        var product = new PlaneTerm(0, float.MaxValue).Of(float.MaxValue);
        Assert.Equal((double)float.MaxValue * float.MaxValue, product);
        Assert.True(double.IsFinite(product));
    }

    [Theory]
    [InlineData(1e300, float.MaxValue)]
    [InlineData(-1e300, float.MinValue)]
    [InlineData(double.PositiveInfinity, float.MaxValue)]
    [InlineData(0.5, 0.5f)]
    [InlineData(double.NaN, float.NaN)]
    public void Finite_IsTheNearestFiniteFloat(double value, float expected) => Assert.Equal(expected, PlaneTerm.Finite(value));

    [Fact]
    public void ATerm_TakesEightBytes_AndTheUnusedOneHasNoColumn()
    {
        Assert.Equal(8, Unsafe.SizeOf<PlaneTerm>());
        Assert.Equal(new PlaneTerm(-1, 0), PlaneTerm.Unused);
    }
}

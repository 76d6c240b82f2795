using Aegis.MachineLearning.Autoencoders;

namespace Aegis.Tests.MachineLearning.Autoencoders;

public sealed class SoftClipTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(0.5f)]
    [InlineData(1e6f)]
    public void Apply_IsXOverTheRootOfOneAndTheSquaredRatio(float limit)
    {
        float[] inputs = [0, 1, -1, 0.3f, 10, -10, 35, -350, 1e6f, 1e14f, 1e-20f];
        var clipped = new float[16];
        SoftClip.Apply(inputs, limit, clipped);
        for (var i = 0; i < inputs.Length; i++)
        {
            double x = inputs[i];
            Assert.Equal(x / Math.Sqrt(1 + (x / limit * (x / limit))), clipped[i], 1e-5 * Math.Min(Math.Abs(x), limit));
        }
    }

    [Fact]
    public void Apply_OfTheLimit_IsTheLimitOverTheRootOfTwo()
    {
        var clipped = new float[8];
        SoftClip.Apply([4, -4], 4, clipped);
        Assert.Equal(4 / Math.Sqrt(2), clipped[0], 1e-6);
        Assert.Equal(-4 / Math.Sqrt(2), clipped[1], 1e-6);
    }

    [Fact]
    public void Apply_OfWhatIsNotFinite_IsFinite()
    {
        var clipped = new float[8];
        SoftClip.Apply([float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, -0f], 3, clipped);
        Assert.Equal(0, clipped[0]);
        Assert.Equal([3, -3, 3, -3], clipped[1..5].Select(value => MathF.Round(value, 5)));
        Assert.Equal(clipped[1], clipped[3]);
        Assert.Equal(0, clipped[5]);
    }

    [Fact]
    public void Apply_PadsWithZeros()
    {
        float[] clipped = [.. Enumerable.Repeat(9f, 24)];
        SoftClip.Apply([5, 5, 5, 5, 5, 5, 5, 5, 5], 10, clipped);
        Assert.DoesNotContain(0, clipped[..9]);
        Assert.All(clipped[9..], value => Assert.Equal(0, value));
    }
}

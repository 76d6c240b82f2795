using Aegis.MachineLearning.Autoencoders;

namespace Aegis.Tests.MachineLearning.Autoencoders;

public sealed class ActivationKernelTests
{
    private static readonly float[] Values = [-30, -8, -3.3f, -1, -0.5f, -0.01f, 0, 1e-4f, 0.01f, 0.5f, 1, 2, 3.3f, 7.8f, 8, 30];

    [Theory]
    [InlineData(Activation.Identity)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Silu)]
    public void Apply_IsTheFunction(Activation activation)
    {
        float[] values = [.. Values];
        ActivationKernel.Apply(activation, values);
        for (var i = 0; i < values.Length; i++)
        {
            Assert.Equal(F(activation, Values[i]), values[i], 1e-5 * Math.Max(1, Math.Abs(Values[i])));
        }
    }

    [Theory]
    [InlineData(Activation.Identity)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Silu)]
    public void Backward_MultipliesByTheSlope(Activation activation)
    {
        const double Step = 1e-5;
        float[] gradient = [.. Values.Select((_, i) => (i % 2 == 0 ? 3f : -0.5f) * (i + 1))];
        float[] before = [.. gradient];
        ActivationKernel.Backward(activation, Values, gradient);
        for (var i = 0; i < gradient.Length; i++)
        {
            var slope = (F(activation, Values[i] + Step) - F(activation, Values[i] - Step)) / (2 * Step);
            Assert.Equal(before[i] * slope, gradient[i], 2e-5 * Math.Abs(before[i]));
        }
    }

    [Fact]
    public void Backward_OfALongerGradient_LeavesItsRest()
    {
        float[] gradient = [.. Enumerable.Repeat(2f, 16)];
        ActivationKernel.Backward(Activation.Tanh, new float[8], gradient);
        ActivationKernel.Backward(Activation.Silu, new float[8], gradient);
        // At 0 the slopes are 1 and a half.
        Assert.All(gradient[..8], value => Assert.Equal(1, value, 1e-6f));
        Assert.All(gradient[8..], value => Assert.Equal(2, value));
    }

    private static double F(Activation activation, double x) => activation switch
    {
        Activation.Tanh => Math.Tanh(x),
        Activation.Silu => x / (1 + Math.Exp(-x)),
        _ => x,
    };
}

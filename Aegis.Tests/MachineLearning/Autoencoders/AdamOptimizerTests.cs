using Aegis.Core.Numerics;
using Aegis.MachineLearning.Autoencoders;

namespace Aegis.Tests.MachineLearning.Autoencoders;

public sealed class AdamOptimizerTests
{
    [Fact]
    public void Step_TheFirst_MovesByTheRateAgainstTheSign()
    {
        float[] parameters = [1, 1, 1, 1, 1, 1, 1, 1], gradients = [5, -5, 1e-3f, -1e-3f, 100, 0, 0.1f, -0.1f];
        new AdamOptimizer(8).Step(parameters, gradients, 0.01f);
        // m / (1 - β1) is the gradient and √(v / (1 - β2)) its size, whatever that is.
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(1 - (0.01 * Math.Sign(gradients[i])), parameters[i], 1e-6);
        }
    }

    [Fact]
    public void Step_AgainAndAgain_FollowsThePaper()
    {
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var random = new SeededRandom(seed);
            var optimizer = new AdamOptimizer(16);
            var parameters = new float[16];
            double[] expected = new double[16], mean = new double[16], square = new double[16];
            for (var step = 1; step <= 50; step++)
            {
                var gradients = new float[16];
                foreach (ref var gradient in gradients.AsSpan())
                {
                    gradient = (float)random.NextNormal();
                }

                var rate = 1e-2f / step;
                optimizer.Step(parameters, gradients, rate);
                for (var i = 0; i < 16; i++)
                {
                    // Kingma, Ba 2015, algorithm 1.
                    mean[i] = (0.9 * mean[i]) + (0.1 * gradients[i]);
                    square[i] = (0.999 * square[i]) + (0.001 * gradients[i] * gradients[i]);
                    var (m, v) = (mean[i] / (1 - Math.Pow(0.9, step)), square[i] / (1 - Math.Pow(0.999, step)));
                    expected[i] -= rate * m / (Math.Sqrt(v) + 1e-8);
                    Assert.True(
                        Math.Abs(expected[i] - parameters[i]) < 2e-5,
                        $"seed {seed}, step {step}: {parameters[i]}, by the paper {expected[i]}");
                }
            }
        }
    }

    [Fact]
    public void Step_WithoutGradients_MovesNothing()
    {
        float[] parameters = [1, 2, 3, 4, 5, 6, 7, 8];
        new AdamOptimizer(8).Step(parameters, new float[8], 1);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], parameters);
    }
}

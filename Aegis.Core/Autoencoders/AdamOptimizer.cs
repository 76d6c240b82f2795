namespace Aegis.Core.Autoencoders;

/// <summary>Adam (Kingma, Ba 2015) with the paper's β1 = 0.9, β2 = 0.999, ε = 1e-8.</summary>
public sealed class AdamOptimizer(int parameterCount)
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-8f;

    private readonly float[] _mean = new float[parameterCount];
    private readonly float[] _square = new float[parameterCount];
    private int _step;

    /// <summary>Moves the parameters one step against the gradients.</summary>
    public void Step(Span<float> parameters, ReadOnlySpan<float> gradients, float learningRate)
    {
        _step++;
        var meanCorrection = 1 - MathF.Pow(Beta1, _step);
        var squareCorrection = 1 - MathF.Pow(Beta2, _step);
        for (var i = 0; i < parameters.Length; i++)
        {
            _mean[i] = (Beta1 * _mean[i]) + ((1 - Beta1) * gradients[i]);
            _square[i] = (Beta2 * _square[i]) + ((1 - Beta2) * gradients[i] * gradients[i]);
            parameters[i] -= learningRate * (_mean[i] / meanCorrection) / (MathF.Sqrt(_square[i] / squareCorrection) + Epsilon);
        }
    }
}

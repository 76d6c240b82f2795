using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Aegis.MachineLearning.Autoencoders;

/// <summary>Adam (Kingma, Ba 2015) with the paper's β1 = 0.9, β2 = 0.999, ε = 1e-8.</summary>
/// <param name="parameterCount">The number of parameters, a multiple of 8.</param>
internal sealed class AdamOptimizer(int parameterCount)
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-8f;

    private readonly float[] _mean = new float[parameterCount];
    private readonly float[] _square = new float[parameterCount];
    private double _beta1Power = 1;
    private double _beta2Power = 1;

    /// <summary>Moves the parameters one step against the gradients.</summary>
    public void Step(Span<float> parameters, ReadOnlySpan<float> gradients, float learningRate)
    {
        _beta1Power *= Beta1;
        _beta2Power *= Beta2;
        var meanCorrection = Vector256.Create((float)(1 / (1 - _beta1Power)));
        var squareCorrection = Vector256.Create((float)(1 / (1 - _beta2Power)));
        ref var mean = ref MemoryMarshal.GetArrayDataReference(_mean);
        ref var square = ref MemoryMarshal.GetArrayDataReference(_square);
        for (var i = 0; i < _mean.Length; i += Lanes.Count)
        {
            var at = (nuint)i;
            var gradient = Vector256.Create(gradients.Slice(i, Lanes.Count));
            var m = (Vector256.LoadUnsafe(ref mean, at) * Beta1) + (gradient * (1 - Beta1));
            var v = (Vector256.LoadUnsafe(ref square, at) * Beta2) + (gradient * gradient * (1 - Beta2));
            m.StoreUnsafe(ref mean, at);
            v.StoreUnsafe(ref square, at);
            var move = m * meanCorrection / (Vector256.Sqrt(v * squareCorrection) + Vector256.Create(Epsilon)) * learningRate;
            (Vector256.Create<float>(parameters.Slice(i, Lanes.Count)) - move).CopyTo(parameters.Slice(i, Lanes.Count));
        }
    }
}

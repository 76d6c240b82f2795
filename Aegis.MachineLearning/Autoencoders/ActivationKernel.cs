using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Aegis.MachineLearning.Autoencoders;

/// <summary>Activations and their derivatives over whole vectors, 8 values at a time.</summary>
internal static class ActivationKernel
{
    /// <summary>Replaces every x by f(x).</summary>
    /// <param name="activation">f.</param>
    /// <param name="values">The values; their number is a multiple of <see cref="Lanes.Count"/>.</param>
    public static void Apply(Activation activation, Span<float> values)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        switch (activation)
        {
            case Activation.Tanh:
                for (nuint i = 0; i < (nuint)values.Length; i += Lanes.Count)
                {
                    Lanes.Tanh(Vector256.LoadUnsafe(ref first, i)).StoreUnsafe(ref first, i);
                }

                break;
            case Activation.Silu:
                for (nuint i = 0; i < (nuint)values.Length; i += Lanes.Count)
                {
                    var x = Vector256.LoadUnsafe(ref first, i);
                    (x * Lanes.Sigmoid(x)).StoreUnsafe(ref first, i);
                }

                break;
        }
    }

    /// <summary>Turns dE/df(x) into dE/dx.</summary>
    /// <param name="activation">f.</param>
    /// <param name="sums">x; the number of values is a multiple of <see cref="Lanes.Count"/>.</param>
    /// <param name="gradient">On entry dE/df(x), on return dE/dx.</param>
    public static void Backward(Activation activation, ReadOnlySpan<float> sums, Span<float> gradient)
    {
        if (activation == Activation.Identity)
        {
            return;
        }

        ref var firstSum = ref MemoryMarshal.GetReference(sums);
        ref var firstGradient = ref MemoryMarshal.GetReference(gradient[..sums.Length]);
        for (nuint i = 0; i < (nuint)sums.Length; i += Lanes.Count)
        {
            var slope = activation == Activation.Tanh
                ? TanhSlope(Vector256.LoadUnsafe(ref firstSum, i))
                : SiluSlope(Vector256.LoadUnsafe(ref firstSum, i));
            (Vector256.LoadUnsafe(ref firstGradient, i) * slope).StoreUnsafe(ref firstGradient, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> TanhSlope(Vector256<float> x)
    {
        var y = Lanes.Tanh(x);
        return Vector256<float>.One - (y * y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> SiluSlope(Vector256<float> x)
    {
        var sigmoid = Lanes.Sigmoid(x);
        return sigmoid * (Vector256<float>.One + (x * (Vector256<float>.One - sigmoid)));
    }
}

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Aegis.MachineLearning.Autoencoders;

/// <summary>A smooth limit: x / √(1 + (x/c)²) leaves small values nearly as they are and never leaves (-c, c) by more than
/// rounding.</summary>
/// <remarks>What lies beyond a hard limit would all look the same; here it keeps its order. Only operations that IEEE 754 rounds
/// exactly.</remarks>
internal static class SoftClip
{
    /// <summary>Spreads beyond which the square would overflow; the result is the limit long before.</summary>
    public const float Overflow = 1e15f;

    /// <summary>Limits a row and pads it with zeros.</summary>
    /// <param name="inputs">The row; a value that is not a number counts as 0, the median.</param>
    /// <param name="limit">c, above 0.</param>
    /// <param name="clipped">Receives the row, and zeros up to its own length: at least that of the row in whole vectors.</param>
    public static void Apply(ReadOnlySpan<float> inputs, float limit, Span<float> clipped)
    {
        inputs.CopyTo(clipped);
        clipped[inputs.Length..].Clear();
        ref var first = ref MemoryMarshal.GetReference(clipped);
        var inverse = Vector256.Create(1 / limit);
        var most = Vector256.Create(Overflow);
        for (nuint i = 0; i < (nuint)clipped.Length; i += Lanes.Count)
        {
            var x = Vector256.LoadUnsafe(ref first, i);
            x = Vector256.Min(Vector256.Max(Vector256.ConditionalSelect(Vector256.Equals(x, x), x, default), -most), most);
            var ratio = x * inverse;
            (x / Vector256.Sqrt(Vector256<float>.One + (ratio * ratio))).StoreUnsafe(ref first, i);
        }
    }
}

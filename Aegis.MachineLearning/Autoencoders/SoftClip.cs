using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Aegis.MachineLearning.Autoencoders;

/// <summary>A smooth limit, x / √(1 + (x/c)²). It changes small values little and leaves (-c, c) by no more than rounding.</summary>
/// <remarks>Beyond a hard limit all values would look the same; here they keep their order. It uses only operations
/// that IEEE 754 rounds exactly.</remarks>
internal static class SoftClip
{
    /// <summary>The largest magnitude before the square would overflow, in spreads. The result equals the limit long before.</summary>
    public const float Overflow = 1e15f;

    /// <summary>Limits a row and pads it with zeros.</summary>
    /// <param name="inputs">The row. NaN counts as 0, the median.</param>
    /// <param name="limit">c, above 0.</param>
    /// <param name="clipped">Receives the row, then zeros to its own end. Its length is at least that of the row in whole vectors.</param>
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

using System.Runtime.InteropServices;

namespace Aegis.MachineLearning.Forests.Kernels;

/// <summary>The part of one column in a hyperplane.</summary>
/// <param name="Column">The input; -1 if fewer columns varied than a split may weigh.</param>
/// <param name="Coefficient">The factor of the input's value.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly record struct PlaneTerm(int Column, float Coefficient)
{
    /// <summary>Fills the places that a plane does not use.</summary>
    public static readonly PlaneTerm Unused = new(-1, 0);

    /// <summary>The term's product with a value. In double precision no product of two finite floats overflows.</summary>
    internal double Of(float value) => Coefficient * (double)Finite(value);

    /// <summary>Turns an infinity into the outermost finite value, so that sums stay defined. NaN stays NaN.</summary>
    internal static float Finite(double value) => (float)Math.Clamp(value, float.MinValue, float.MaxValue);
}

using System.Runtime.InteropServices;

namespace Aegis.MachineLearning.Forests.Kernels;

/// <summary>One column's part in a hyperplane.</summary>
/// <param name="Column">The input, or -1 where fewer columns varied than a split may weigh.</param>
/// <param name="Coefficient">What its value is multiplied by.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly record struct PlaneTerm(int Column, float Coefficient)
{
    /// <summary>Fills what a plane does not use.</summary>
    public static readonly PlaneTerm Unused = new(-1, 0);

    /// <summary>The term's summand for a value. In double precision, where no product of two finite floats overflows.</summary>
    internal double Of(float value) => Coefficient * (double)Finite(value);

    /// <summary>An infinity becomes the outermost finite value, so that sums stay defined; not a number stays so.</summary>
    internal static float Finite(double value) => (float)Math.Clamp(value, float.MinValue, float.MaxValue);
}

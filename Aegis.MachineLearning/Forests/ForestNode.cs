using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Aegis.MachineLearning.Forests;

/// <summary>The child that rows without a value at a split go to.</summary>
public enum MissingSide
{
    /// <summary>The right child, as any value that is not below the threshold.</summary>
    Right = 0,

    /// <summary>The left child.</summary>
    Left = 1,
}

/// <summary>A node of a tree: a split, or a leaf where <see cref="Feature"/> is negative.</summary>
/// <param name="Feature">What is tested, or -1: an input, or a hyperplane where the forest has any.</param>
/// <param name="Left">Index of the left child; the right one follows it.</param>
/// <param name="Threshold">Rows below it go left.</param>
/// <param name="PathLength">Depth plus c(rows that trained the node): the path length expected here, and the result at a leaf.</param>
/// <param name="Missing">Where rows go whose value is not a number.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly record struct ForestNode(int Feature, int Left, float Threshold, float PathLength, MissingSide Missing = MissingSide.Right)
{
    /// <summary>The child that a row with this value goes to, without a branch: half of them would be mispredicted.</summary>
    public int Next(float value)
    {
        var isLeft = (value < Threshold) | (float.IsNaN(value) & (Missing == MissingSide.Left));
        return Left + 1 - Unsafe.BitCast<bool, byte>(isLeft);
    }
}

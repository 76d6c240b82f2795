using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Aegis.MachineLearning.Forests;

/// <summary>The child of a split that rows without a value go to.</summary>
public enum MissingSide
{
    /// <summary>The right child, as for any value that is not below the threshold.</summary>
    Right = 0,

    /// <summary>The left child.</summary>
    Left = 1,
}

/// <summary>A node of a tree: a split, or a leaf if <see cref="Feature"/> is negative.</summary>
/// <param name="Feature">The input that the split tests, or the hyperplane in an extended forest; -1 at a leaf.</param>
/// <param name="Left">The index of the left child; the right child follows it.</param>
/// <param name="Threshold">Rows with a value below it go left.</param>
/// <param name="PathLength">Depth plus c(rows that trained the node): the path length expected here, and the result at a leaf.</param>
/// <param name="Missing">The side for rows whose value is NaN.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly record struct ForestNode(int Feature, int Left, float Threshold, float PathLength, MissingSide Missing = MissingSide.Right)
{
    /// <summary>The child that a row with this value goes to. There is no branch, because half of them would be mispredicted.</summary>
    public int Next(float value)
    {
        var isLeft = (value < Threshold) | (float.IsNaN(value) & (Missing == MissingSide.Left));
        return Left + 1 - Unsafe.BitCast<bool, byte>(isLeft);
    }
}

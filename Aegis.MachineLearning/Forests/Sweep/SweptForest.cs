using System.Runtime.InteropServices;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.MachineLearning.Forests.Sweep;

/// <summary>A forest laid out for <see cref="SweepKernel"/>: of each tree all splits from the deepest to the root, which is done for many
/// rows at once without following any row.</summary>
/// <remarks>
/// A slot holds a byte a row: the number of the leaf value that the row has from a node on. A split's slot is chosen, row by row, from
/// those of its children; behind the splits' slots stand
/// those of leaf values, which never change. Splits compare ranks in bytes. Where a column has more thresholds than a byte can number,
/// trees are dealt into groups, each with ranks of its own.
/// </remarks>
internal sealed class SweptForest : IForestLayout
{
    /// <summary>Rows that are swept together.</summary>
    public const int BlockRows = ThresholdRanks.BlockRows;

    private const int MaxLeafValues = byte.MaxValue + 1;

    // Sweeping visits all splits of a tree, walking one a level: larger trees are walked.
    private const int MaxSplitsPerTree = 140;

    // Keys, ranks and slots of a block lie on the stack.
    private const int MaxScratch = 128 << 10;

    private SweptForest(SweepPacker packer, ThresholdRanks ranks)
    {
        Columns = packer.Columns;
        Ranks = ranks;
        Trees = [.. packer.Trees];
        Groups = [.. packer.Groups];
        Splits = [.. packer.Splits];
        Values = [.. packer.Values];
        FirstLeafSlot = packer.MostSplits;
        LeafSlots = packer.MaxLeafValues;
    }

    /// <summary>Inputs that splits may test.</summary>
    public int Columns { get; }

    /// <summary>Ranks of inputs among all thresholds of their columns.</summary>
    public ThresholdRanks Ranks { get; }

    /// <summary>The trees in order.</summary>
    public Tree[] Trees { get; }

    /// <summary>Neighbouring trees with common ranks.</summary>
    public Group[] Groups { get; }

    /// <summary>All trees' splits, each tree's from the deepest to the root.</summary>
    public Split[] Splits { get; }

    /// <summary>All trees' distinct leaf values.</summary>
    public double[] Values { get; }

    /// <summary>The slot of each tree's first leaf value: as many as any tree has splits.</summary>
    public int FirstLeafSlot { get; }

    /// <summary>As many as any tree has leaf values.</summary>
    public int LeafSlots { get; }

    /// <inheritdoc/>
    public int SumLeaves(ReadOnlySpan<float> rows, int columns, Span<double> sums) => SweepKernel.SumLeaves(this, rows, columns, sums);

    /// <summary>Lays a checked forest out; null where it has what sweeping is not for: large trees, many inputs, or more thresholds or leaf
    /// values in one tree than bytes can number.</summary>
    /// <param name="nodes">All trees' nodes.</param>
    /// <param name="roots">Each tree's first node.</param>
    /// <param name="columns">Inputs that splits test.</param>
    public static SweptForest? Of(ReadOnlySpan<ForestNode> nodes, ReadOnlySpan<int> roots, int columns)
    {
        if (columns == 0 || nodes.Length > 2L * MaxSplitsPerTree * roots.Length)
        {
            return null;
        }

        var packer = new SweepPacker(nodes, roots, columns);
        var scratch = BlockRows * ((2 * columns) + (sizeof(ushort) * columns) + MaxLeafValues + packer.MostSplits);
        return scratch <= MaxScratch && packer.TryPack(nodes) && packer.MaxLeafValues <= MaxLeafValues
            ? new SweptForest(packer, new ThresholdRanks(packer.Thresholds))
            : null;
    }

    /// <summary>Where a tree's splits and leaf values begin, and how many splits it has; its root has the last of them.</summary>
    public readonly record struct Tree(int FirstSplit, int FirstValue, int Splits);

    /// <summary>Neighbouring trees with common ranks.</summary>
    /// <param name="FirstTree">The first.</param>
    /// <param name="Trees">How many.</param>
    /// <param name="Maps">Of each column, for each rank among all thresholds, the rank among those of the group, less 128.</param>
    public sealed record Group(int FirstTree, int Trees, sbyte[][] Maps);

    /// <summary>A split: rows whose key is above its own go right.</summary>
    /// <param name="Keys">Where the input's keys begin in a block.</param>
    /// <param name="Left">Where the left child's slot begins.</param>
    /// <param name="Right">Where the right child's slot begins.</param>
    /// <param name="Key">The threshold's number among the group's, less 128.</param>
    [StructLayout(LayoutKind.Sequential)]
    public readonly record struct Split(int Keys, int Left, int Right, sbyte Key);
}

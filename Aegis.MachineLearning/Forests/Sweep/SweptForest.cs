using System.Runtime.InteropServices;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.MachineLearning.Forests.Sweep;

/// <summary>A forest laid out for <see cref="SweepKernel"/>: all splits of a tree, from the deepest to the root. They
/// are evaluated for many rows at once, without following any row.</summary>
/// <remarks>
/// A slot holds one byte for each row: the number of the leaf value that the row reaches from a node on. A split's slot
/// is chosen, row by row, from those of its children. After the splits' slots come those of leaf values, which never
/// change. Splits compare ranks in bytes. If a column has more thresholds than a byte can number, trees are dealt into
/// groups with ranks of their own.
/// </remarks>
internal sealed class SweptForest : IForestLayout
{
    /// <summary>The number of rows swept together.</summary>
    public const int BlockRows = ThresholdRanks.BlockRows;

    private const int MaxLeafValues = byte.MaxValue + 1;

    // Sweeping visits all splits of a tree, walking one for each level. So larger trees are walked.
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

    /// <summary>The number of inputs that splits may test.</summary>
    public int Columns { get; }

    /// <summary>The ranks of inputs among all thresholds of their columns.</summary>
    public ThresholdRanks Ranks { get; }

    /// <summary>The trees in order.</summary>
    public Tree[] Trees { get; }

    /// <summary>Groups of neighbouring trees with common ranks.</summary>
    public Group[] Groups { get; }

    /// <summary>The splits of all trees, each tree's from the deepest to the root.</summary>
    public Split[] Splits { get; }

    /// <summary>The distinct leaf values of all trees.</summary>
    public double[] Values { get; }

    /// <summary>The slot of each tree's first leaf value. It equals the largest number of splits in a tree.</summary>
    public int FirstLeafSlot { get; }

    /// <summary>The largest number of leaf values in a tree.</summary>
    public int LeafSlots { get; }

    /// <inheritdoc/>
    public int SumLeaves(ReadOnlySpan<float> rows, int columns, Span<double> sums) => SweepKernel.SumLeaves(this, rows, columns, sums);

    /// <summary>Lays out a checked forest. Null if it does not suit sweeping: large trees, many inputs, or more
    /// thresholds or leaf values in one tree than bytes can number.</summary>
    /// <param name="nodes">The nodes of all trees.</param>
    /// <param name="roots">The first node of each tree.</param>
    /// <param name="columns">The number of inputs that splits may test.</param>
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

    /// <summary>The start of a tree's splits and leaf values, and the number of its splits. The last split belongs to the root.</summary>
    public readonly record struct Tree(int FirstSplit, int FirstValue, int Splits);

    /// <summary>A group of neighbouring trees with common ranks.</summary>
    /// <param name="FirstTree">The first tree.</param>
    /// <param name="Trees">The number of trees.</param>
    /// <param name="Maps">For each column, a map from the rank among all thresholds to the rank among those of the
    /// group, less 128.</param>
    public sealed record Group(int FirstTree, int Trees, sbyte[][] Maps);

    /// <summary>A split. Rows with a key above its own go right.</summary>
    /// <param name="Keys">The start of the input's keys in a block.</param>
    /// <param name="Left">The start of the left child's slot.</param>
    /// <param name="Right">The start of the right child's slot.</param>
    /// <param name="Key">The threshold's number within the group, less 128.</param>
    [StructLayout(LayoutKind.Sequential)]
    public readonly record struct Split(int Keys, int Left, int Right, sbyte Key);
}

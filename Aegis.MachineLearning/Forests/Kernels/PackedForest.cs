using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Aegis.MachineLearning.Autoencoders;

namespace Aegis.MachineLearning.Forests.Kernels;

/// <summary>A forest laid out for <see cref="TreeKernel"/>: 8 bytes a node, tree after tree, breadth first.</summary>
/// <remarks>
/// A tree has a complete top of <see cref="TopLevels"/> levels in heap order, and other nodes below it. The first 16 of
/// those are the possible ends of the top; a leaf above that level stands there several times. A leaf tests a column
/// that is always lowest, and names itself as its left child. So a walk may go on past a leaf: every row takes
/// <c>Steps</c> steps, and no branch depends on a row.
/// An input that is NaN has two keys, side by side: the first above every threshold, the second below. A split tests
/// the key that sends such rows to its chosen side, so missing values make no step slower.
/// The constructor proves what the kernel does not check: every child lies inside its tree, and every column inside a
/// row.
/// </remarks>
internal sealed class PackedForest : IForestLayout
{
    /// <summary>The number of levels decided for 8 rows at once.</summary>
    public const int TopLevels = 4;

    /// <summary>The number of splits in the top of one tree.</summary>
    public const int TopSplits = (1 << TopLevels) - 1;

    /// <summary>The largest number of inputs that splits may test.</summary>
    public const int MaxColumns = 2_048;

    /// <summary>The number of keys of one input, for all lanes.</summary>
    public const int KeysPerColumn = 2 * TreeKernel.Lanes;

    private const int MaxNodesPerTree = 1 << 16;

    private readonly List<Node> _nodes;
    private readonly List<(int Index, int Depth)> _order = [];
    private readonly int[] _heap = new int[TopSplits + TopSplits + 1];

    /// <exception cref="ArgumentException">A child, feature, threshold or path length is out of range, or a tree is too large.</exception>
    public PackedForest(ReadOnlySpan<ForestNode> nodes, ReadOnlySpan<int> roots)
    {
        foreach (var node in nodes)
        {
            if (node.Feature >= MaxColumns)
            {
                throw new ArgumentException($"A split tests input {node.Feature}; allowed: 0 to {MaxColumns - 1}.", nameof(nodes));
            }

            Columns = Math.Max(Columns, node.Feature + 1);
        }

        // A leaf above the end of a top stands there more than once.
        _nodes = new List<Node>(nodes.Length + (roots.Length * (TopSplits + 1)));
        Tops = new TopSplit[roots.Length * TopSplits];
        Trees = new Tree[roots.Length];
        for (var tree = 0; tree < roots.Length; tree++)
        {
            Trees[tree] = new Tree(_nodes.Count, Pack(nodes, roots[tree], Tops.AsSpan(tree * TopSplits, TopSplits)));
        }

        Nodes = [.. _nodes];
        _nodes = [];
    }

    /// <summary>The trees in order.</summary>
    public Tree[] Trees { get; }

    /// <summary>The nodes below the tops.</summary>
    public Node[] Nodes { get; }

    /// <summary>The tops' splits, <see cref="TopSplits"/> for each tree, in heap order.</summary>
    public TopSplit[] Tops { get; }

    /// <summary>The least number of inputs of a row.</summary>
    public int Columns { get; }

    /// <summary>The number of keys of 8 rows: for all inputs and the column that is always lowest.</summary>
    public int BlockLength => LowestColumn + TreeKernel.Lanes;

    /// <summary>The start of the column that is always lowest.</summary>
    public int LowestColumn => Columns * KeysPerColumn;

    /// <inheritdoc/>
    public int SumLeaves(ReadOnlySpan<float> rows, int columns, Span<double> sums)
    {
        TreeKernel.SumLeaves(this, rows, columns, sums);
        return sums.Length;
    }

    /// <summary>An integer that orders as the input does. The input must not be NaN.</summary>
    public static int KeyOf(float input)
    {
        // Adding 0 turns -0 into 0, because the two are equal as floats.
        var bits = BitConverter.SingleToInt32Bits(input + 0f);
        return bits ^ ((bits >> 31) & int.MaxValue);
    }

    /// <summary>The start of the keys that a split compares, within a block.</summary>
    private static int ColumnOf(ForestNode node) =>
        (node.Feature * KeysPerColumn) + (node.Missing == MissingSide.Left ? TreeKernel.Lanes : 0);

    private static ForestNode At(ReadOnlySpan<ForestNode> nodes, int index)
    {
        if ((uint)index >= (uint)nodes.Length)
        {
            throw new ArgumentException($"A tree names node {index}; allowed: 0 to {nodes.Length - 1}.", nameof(nodes));
        }

        var node = nodes[index];
        if (node.Feature >= 0 ? float.IsNaN(node.Threshold) : !float.IsFinite(node.PathLength))
        {
            throw new ArgumentException(
                $"Node {index} is {node}; allowed: a threshold that is a number, a finite value at a leaf.", nameof(nodes));
        }

        return node;
    }

    /// <summary>Appends a tree. Returns the number of steps that reach a leaf from any end of its top.</summary>
    private int Pack(ReadOnlySpan<ForestNode> nodes, int root, Span<TopSplit> top)
    {
        _heap[0] = root;
        for (var i = 0; i < TopSplits; i++)
        {
            var node = At(nodes, _heap[i]);
            var isLeaf = node.Feature < 0;
            _heap[(2 * i) + 1] = isLeaf ? _heap[i] : node.Left;
            _heap[(2 * i) + 2] = isLeaf ? _heap[i] : node.Left + 1;
            top[i] = isLeaf ? new TopSplit(0, 0) : new TopSplit(KeyOf(node.Threshold), ColumnOf(node));
        }

        _order.Clear();
        foreach (var index in _heap.AsSpan(TopSplits))
        {
            _order.Add((index, 0));
        }

        for (var i = 0; i < _order.Count; i++)
        {
            var (index, depth) = _order[i];
            var node = At(nodes, index);
            if (node.Feature < 0)
            {
                _nodes.Add(new Node(BitConverter.SingleToInt32Bits(node.PathLength + 0f), (ushort)LowestColumn, (ushort)i));
                continue;
            }

            _nodes.Add(new Node(KeyOf(node.Threshold), (ushort)ColumnOf(node), (ushort)_order.Count));
            _order.Add((node.Left, depth + 1));
            _order.Add((node.Left + 1, depth + 1));
            if (_order.Count > MaxNodesPerTree)
            {
                throw new ArgumentException(
                    $"The tree at node {root} has a cycle or more than {MaxNodesPerTree:N0} nodes below level {TopLevels}.", nameof(nodes));
            }
        }

        return _order[^1].Depth;
    }

    /// <summary>The start of a tree's nodes, and the number of steps to walk.</summary>
    public readonly record struct Tree(int Start, int Steps);

    /// <summary>A split of a top: rows whose key in <see cref="Column"/> is below <see cref="Key"/> go left.</summary>
    /// <param name="Key">The threshold's key.</param>
    /// <param name="Column">The start of the input's keys.</param>
    public readonly record struct TopSplit(int Key, int Column);

    /// <summary>A node below the top.</summary>
    /// <param name="Key">The threshold's key; at a leaf, the bits of its value.</param>
    /// <param name="Column">The start of the input's keys; at a leaf, the column that is always lowest.</param>
    /// <param name="Left">The left child, counted from the tree's start; the right child follows it. At a leaf, the leaf itself.</param>
    [StructLayout(LayoutKind.Sequential)]
    public readonly record struct Node(int Key, ushort Column, ushort Left)
    {
        /// <summary>The value of a leaf: a path length, or any other number that trees add up.</summary>
        public float Value
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => BitConverter.Int32BitsToSingle(Key);
        }
    }
}

using Aegis.Core.Numerics;
using Aegis.MachineLearning.Forests.Kernels;

namespace Aegis.MachineLearning.Forests.Training;

/// <summary>Grows one tree after another in the same buffers. One thread.</summary>
internal sealed class TreeGrower
{
    private readonly SubsampleBlock _block;
    private readonly SplitDrawer _splits;
    private readonly HyperplaneSplits? _planes;
    private readonly ForestNode[] _nodes;
    private readonly int[] _rows;
    private readonly Stack<Part> _pending = new();

    /// <param name="rows">Row after row.</param>
    /// <param name="columns">Inputs for each row.</param>
    /// <param name="largest">The largest subsample.</param>
    /// <param name="options">The options for growing trees.</param>
    public TreeGrower(float[] rows, int columns, int largest, IsolationForestOptions options)
    {
        _block = new SubsampleBlock(rows, columns, largest);
        var varying = new VaryingColumns(_block, Math.Max(1, (int)Math.Round(columns * options.ColumnShare)));
        _planes = options.ColumnsPerSplit > 1 ? new HyperplaneSplits(_block, varying, options.ColumnsPerSplit, largest) : null;
        _splits = _planes ?? (SplitDrawer)new AxisSplits(_block, varying);
        _nodes = new ForestNode[(2 * largest) - 1];
        _rows = new int[largest];
    }

    /// <summary>Grows a tree. Its children are numbered from its root.</summary>
    public GrownTree Grow(int subsample, SeededRandom random)
    {
        _block.Draw(subsample, ref random);
        _splits.Reset(ref random);
        for (var row = 0; row < subsample; row++)
        {
            _rows[row] = row;
        }

        var heightLimit = (int)Math.Ceiling(Math.Log2(Math.Max(subsample, 2)));
        var count = 1;
        _nodes[0] = Leaf(0, subsample);
        _pending.Push(new Part(0, 0, subsample, 0));
        while (_pending.TryPop(out var part))
        {
            var rows = _rows.AsSpan(part.Start, part.Count);
            if (part.Depth == heightLimit || part.Count < 2 || !_splits.TryDraw(rows, ref random, out var split))
            {
                continue;
            }

            var missing = LargerSide(rows, split);
            var lefts = Partition(rows, split, missing);
            _nodes[part.Node] = _nodes[part.Node] with { Feature = split.Feature, Left = count, Threshold = split.Threshold,
                Missing = missing };
            _nodes[count] = Leaf(part.Depth + 1, lefts);
            _nodes[count + 1] = Leaf(part.Depth + 1, part.Count - lefts);
            _pending.Push(new Part(count, part.Start, lefts, part.Depth + 1));
            _pending.Push(new Part(count + 1, part.Start + lefts, part.Count - lefts, part.Depth + 1));
            count += 2;
        }

        return new GrownTree(_nodes.AsSpan(0, count).ToArray(), _planes is null ? [] : _planes.Terms.ToArray());
    }

    private static ForestNode Leaf(int depth, int size) => new(-1, 0, 0, (float)(depth + AveragePathLength.Of(size)));

    /// <summary>The side that more rows with a value go to; the right side if both get as many.</summary>
    private static MissingSide LargerSide(ReadOnlySpan<int> rows, Split split)
    {
        var lead = 0;
        foreach (var row in rows)
        {
            var value = split.Values[row];
            lead += Count(value < split.Threshold) - Count(value >= split.Threshold);
        }

        return lead > 0 ? MissingSide.Left : MissingSide.Right;
    }

    /// <summary>Moves the rows that go left to the front, without a branch that depends on a row.</summary>
    /// <returns>The number of rows that go left.</returns>
    private static int Partition(Span<int> rows, Split split, MissingSide missing)
    {
        var lefts = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            var value = split.Values[row];
            // NaN is neither below nor above.
            var isLeft = missing == MissingSide.Left ? !(value >= split.Threshold) : value < split.Threshold;
            rows[i] = rows[lefts];
            rows[lefts] = row;
            lefts += Count(isLeft);
        }

        return lefts;
    }

    private static int Count(bool holds) => holds ? 1 : 0;

    private readonly record struct Part(int Node, int Start, int Count, int Depth);
}

/// <summary>A tree before it joins its forest.</summary>
/// <param name="Nodes">The nodes. Children are numbered from the root.</param>
/// <param name="Terms">The hyperplanes' terms, numbered from the tree's first; empty if splits are on one column.</param>
internal readonly record struct GrownTree(ForestNode[] Nodes, PlaneTerm[] Terms);

using Aegis.MachineLearning.Autoencoders;

namespace Aegis.MachineLearning.Forests.Kernels;

/// <summary>An extended forest laid out for walking. 8 walks run in parallel, so that their loads overlap; a step is a
/// scalar product.</summary>
internal sealed class PlaneForest : IForestLayout
{
    private readonly ForestNode[] _nodes;
    private readonly int[] _roots;

    /// <summary>The planes' terms. A plane with fewer columns than it may use weighs a column that is always 0 for the rest.</summary>
    private readonly PlaneTerm[] _terms;
    private readonly int _columnsPerSplit;

    /// <summary>1 / the number of columns that a plane uses, for each plane.</summary>
    private readonly double[] _evenShares;

    /// <summary>Proves that every walk ends inside the nodes.</summary>
    /// <exception cref="ArgumentException">A root, child, plane, column, threshold or path length is out of range.</exception>
    public PlaneForest(ForestNode[] nodes, int[] roots, ReadOnlySpan<PlaneTerm> terms, int columnsPerSplit)
    {
        if (columnsPerSplit < 1 || terms.Length % columnsPerSplit != 0)
        {
            throw new ArgumentException(
                $"{terms.Length} terms for {columnsPerSplit} columns a split; allowed: a multiple, 1 column or more.", nameof(terms));
        }

        foreach (var root in roots)
        {
            if ((uint)root >= (uint)nodes.Length)
            {
                throw new ArgumentException($"A tree begins at node {root}; allowed: 0 to {nodes.Length - 1}.", nameof(roots));
            }
        }

        var planes = terms.Length / columnsPerSplit;
        for (var i = 0; i < nodes.Length; i++)
        {
            ref readonly var node = ref nodes[i];
            // Children lie behind their parents, so no walk runs in a circle.
            var holds = node.Feature < 0 ? float.IsFinite(node.PathLength) : node.Feature < planes && node.Left > i
                && node.Left < nodes.Length - 1 && !float.IsNaN(node.Threshold);
            if (!holds)
            {
                throw new ArgumentException($"Node {i} is {node}; allowed: children behind it, one of {planes} planes, a threshold that is a number, a finite path length.", nameof(nodes));
            }
        }

        foreach (ref readonly var term in terms)
        {
            if (term.Column is < -1 or >= PackedForest.MaxColumns || !float.IsFinite(term.Coefficient))
            {
                throw new ArgumentException(
                    $"{term} is in a plane; allowed: columns to {PackedForest.MaxColumns - 1}, finite coefficients.", nameof(terms));
            }

            Columns = Math.Max(Columns, term.Column + 1);
        }

        (_nodes, _roots, _columnsPerSplit) = (nodes, roots, columnsPerSplit);
        _terms = terms.ToArray();
        _evenShares = new double[planes];
        for (var i = 0; i < terms.Length; i++)
        {
            _evenShares[i / columnsPerSplit] += terms[i].Column >= 0 ? 1 : 0;
            _terms[i] = terms[i].Column >= 0 ? terms[i] : new PlaneTerm(Columns, 0);
        }

        foreach (ref var share in _evenShares.AsSpan())
        {
            share = 1 / Math.Max(1, share);
        }
    }

    /// <summary>The least number of inputs of a row.</summary>
    public int Columns { get; }

    /// <inheritdoc/>
    public int SumLeaves(ReadOnlySpan<float> rows, int columns, Span<double> sums)
    {
        Span<double> values = stackalloc double[Columns + 1];
        Span<int> walks = stackalloc int[TreeKernel.Lanes];
        for (var row = 0; row < sums.Length; row++)
        {
            SetValues(rows.Slice(row * columns, columns), values);
            sums[row] = 0;
            for (var tree = 0; tree < _roots.Length; tree += TreeKernel.Lanes)
            {
                foreach (var leaf in Walk(tree, walks, values, []))
                {
                    sums[row] += _nodes[leaf].PathLength;
                }
            }
        }

        return sums.Length;
    }

    /// <summary>Adds, for each split on a row's paths, its change to the expected path length. The plane's columns
    /// share it evenly.</summary>
    public void AddContributions(ReadOnlySpan<float> row, Span<double> contributions)
    {
        Span<double> values = stackalloc double[Columns + 1];
        Span<double> sums = stackalloc double[Columns + 1];
        Span<int> walks = stackalloc int[TreeKernel.Lanes];
        sums.Clear();
        SetValues(row, values);
        for (var tree = 0; tree < _roots.Length; tree += TreeKernel.Lanes)
        {
            Walk(tree, walks, values, sums);
        }

        for (var column = 0; column < Columns; column++)
        {
            contributions[column] += sums[column];
        }
    }

    /// <summary>Sets the row as planes weigh it: infinities limited, and a 0 at the end.</summary>
    private void SetValues(ReadOnlySpan<float> row, Span<double> values)
    {
        for (var column = 0; column < Columns; column++)
        {
            values[column] = PlaneTerm.Finite(row[column]);
        }

        values[Columns] = 0;
    }

    /// <summary>Walks a row down up to 8 trees.</summary>
    /// <param name="tree">The first of the trees.</param>
    /// <param name="walks">The present node of each walk.</param>
    /// <param name="values">The row.</param>
    /// <param name="contributions">Receives the splits' changes by column; empty if nobody asks.</param>
    /// <returns>The leaves.</returns>
    private ReadOnlySpan<int> Walk(int tree, Span<int> walks, ReadOnlySpan<double> values, Span<double> contributions)
    {
        walks = walks[..Math.Min(TreeKernel.Lanes, _roots.Length - tree)];
        _roots.AsSpan(tree, walks.Length).CopyTo(walks);
        for (var isMoving = true; isMoving;)
        {
            isMoving = false;
            foreach (ref var index in walks)
            {
                ref readonly var node = ref _nodes[index];
                if (node.Feature < 0)
                {
                    continue;
                }

                isMoving = true;
                index = node.Next(Project(node.Feature, values));
                if (!contributions.IsEmpty)
                {
                    Share(((double)node.PathLength - _nodes[index].PathLength) * _evenShares[node.Feature], node.Feature, contributions);
                }
            }
        }

        return walks;
    }

    private float Project(int plane, ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (ref readonly var term in PlaneOf(plane))
        {
            sum += term.Coefficient * values[term.Column];
        }

        return PlaneTerm.Finite(sum);
    }

    private void Share(double share, int plane, Span<double> contributions)
    {
        foreach (ref readonly var term in PlaneOf(plane))
        {
            contributions[term.Column] += share;
        }
    }

    private ReadOnlySpan<PlaneTerm> PlaneOf(int plane) => _terms.AsSpan(plane * _columnsPerSplit, _columnsPerSplit);
}

namespace Aegis.Core.Forests;

/// <summary>Walks extended forests node by node: each step is a scalar product, which leaves little to gain by walking side by side.</summary>
internal static class PlaneWalk
{
    /// <summary>Sums each row's path lengths over all trees, in the order of the trees.</summary>
    public static void SumLeaves(IsolationForest forest, ReadOnlySpan<float> rows, int columns, Span<double> sums)
    {
        var nodes = forest.Nodes;
        for (var i = 0; i < sums.Length; i++)
        {
            var row = rows.Slice(i * columns, columns);
            var sum = 0.0;
            foreach (var root in forest.Roots)
            {
                var index = root;
                while (nodes[index].Feature >= 0)
                {
                    index = nodes[index].Next(PlaneTerm.Project(forest.Plane(nodes[index].Feature), row));
                }

                sum += nodes[index].PathLength;
            }

            sums[i] = sum;
        }
    }

    /// <summary>Proves that every walk ends inside the nodes.</summary>
    /// <returns>Inputs that a row must have at least.</returns>
    /// <exception cref="ArgumentException">A root, child, plane, column, threshold or path length is out of range.</exception>
    public static int Check(ReadOnlySpan<ForestNode> nodes, ReadOnlySpan<int> roots, ReadOnlySpan<PlaneTerm> terms, int columnsPerSplit)
    {
        if (columnsPerSplit < 1 || terms.Length % columnsPerSplit != 0)
        {
            throw new ArgumentException($"{terms.Length} terms for {columnsPerSplit} columns a split; allowed: a multiple, 1 column or more.", nameof(terms));
        }

        foreach (var root in roots)
        {
            Require((uint)root < (uint)nodes.Length, $"A tree begins at node {root}; allowed: 0 to {nodes.Length - 1}.");
        }

        for (var i = 0; i < nodes.Length; i++)
        {
            var node = nodes[i];
            // Children lie behind their parents, so no walk goes in a circle.
            Require(
                node.Feature < 0 ? float.IsFinite(node.PathLength) : node.Feature < terms.Length / columnsPerSplit && node.Left > i && node.Left < nodes.Length - 1 && !float.IsNaN(node.Threshold),
                $"Node {i} is {node}; allowed: children behind it, one of {terms.Length / columnsPerSplit} planes, a threshold that is a number, a finite path length.");
        }

        var columns = 0;
        foreach (var term in terms)
        {
            Require(term.Column is >= -1 and < PackedForest.MaxColumns && float.IsFinite(term.Coefficient), $"{term} is in a plane; allowed: columns to {PackedForest.MaxColumns - 1}, finite coefficients.");
            columns = Math.Max(columns, term.Column + 1);
        }

        return columns;
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }
}

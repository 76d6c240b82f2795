using Aegis.MachineLearning.Forests;

namespace Aegis.Benchmarks.Forests;

/// <summary>The textbook isolation forest: one object per node, one recursion per tree. Copies the nodes of another
/// forest, so it takes the same steps.</summary>
internal sealed class PointerForest(IsolationForest forest)
{
    private readonly Node[] _roots = [.. forest.Roots.ToArray().Select(root => Build(forest, root))];
    private readonly double _normaliser = forest.PathNormaliser;

    /// <summary>The anomaly score of one row.</summary>
    public double Score(ReadOnlySpan<float> row)
    {
        var sum = 0.0;
        foreach (var root in _roots)
        {
            sum += PathLength(root, row);
        }

        return Math.Pow(2, -sum / _normaliser);
    }

    private static double PathLength(Node node, ReadOnlySpan<float> row) =>
        node.Left is null ? node.PathLength : PathLength(row[node.Feature] < node.Threshold ? node.Left : node.Right!, row);

    private static Node Build(IsolationForest forest, int index)
    {
        var node = forest.Nodes[index];
        return node.Feature < 0
            ? new Node { PathLength = node.PathLength }
            : new Node { Feature = node.Feature, Threshold = node.Threshold, Left = Build(forest, node.Left), Right = Build(
                forest, node.Left + 1) };
    }

    private sealed class Node
    {
        public int Feature { get; init; }

        public double Threshold { get; init; }

        public double PathLength { get; init; }

        public Node? Left { get; init; }

        public Node? Right { get; init; }
    }
}

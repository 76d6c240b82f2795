using Aegis.MachineLearning.Forests;

namespace Aegis.MachineLearning.Bundles;

/// <summary>Judges a forest that was read from a file: finite numbers, and trees that share no node.</summary>
/// <param name="MaxTrees">The largest number of trees.</param>
/// <param name="MaxColumns">The largest number of columns that one payment's paths may compare, all trees together: the
/// splits on each tree's longest path times the columns a split.</param>
internal sealed record ForestRules(int MaxTrees, long MaxColumns)
{
    /// <summary>A detector by itself may be of any size.</summary>
    public static readonly ForestRules Any = new(int.MaxValue, long.MaxValue);

    /// <summary>A bundle scores every payment while its caller waits. The shipped forest has 300 trees and compares up
    /// to 3,000 columns.</summary>
    public static readonly ForestRules Bundle = new(10_000, 500_000);

    /// <summary>Refuses options of which a forest could grow too large.</summary>
    /// <exception cref="ArgumentException">It could, or an option is out of range.</exception>
    public void Check(IsolationForestOptions options)
    {
        options.Check();
        CheckSize(options.Trees, options.Trees * Math.Ceiling(Math.Log2(options.SubsampleSizes.Max())) * options.ColumnsPerSplit);
    }

    /// <summary>Judges a forest. It takes one pass over the nodes.</summary>
    /// <exception cref="ArgumentException">A number is not finite, the trees do not stand apart, or they are too large.</exception>
    public void Check(ReadOnlySpan<ForestNode> nodes, ReadOnlySpan<int> roots, int columnsPerSplit)
    {
        CheckSize(roots.Length, 0);
        var places = new Place[nodes.Length];
        for (var tree = 0; tree < roots.Length; tree++)
        {
            var root = roots[tree];
            if ((uint)root >= (uint)nodes.Length || places[root].IsTaken)
            {
                throw new ArgumentException(
                    $"Tree {tree} begins at node {root}; allowed: 0 to {nodes.Length - 1}, and a node where no other tree begins.");
            }

            places[root] = new Place(tree, 1);
        }

        var longest = new int[roots.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            var node = nodes[i];
            if (!float.IsFinite(node.Threshold) || !(float.IsFinite(node.PathLength) && node.PathLength >= 0))
            {
                throw new ArgumentException(
                    $"Node {i} has threshold {node.Threshold} and path length {node.PathLength}; allowed: finite numbers, a path length of 0 or more.");
            }

            var (tree, level) = places[i];
            if (level == 0 || node.Feature < 0)
            {
                continue;
            }

            // Children stand behind their parents, so no walk runs in a circle, and one pass sees every path.
            if (node.Left <= i || node.Left >= nodes.Length - 1)
            {
                throw new ArgumentException($"Node {i} has its children at {node.Left}; allowed: behind it, to {nodes.Length - 2}.");
            }

            if (places[node.Left].IsTaken || places[node.Left + 1].IsTaken)
            {
                throw new ArgumentException(
                    $"Node {i} has its children at {node.Left}, where others have theirs or a tree begins; allowed: children of its own.");
            }

            places[node.Left] = places[node.Left + 1] = new Place(tree, level + 1);
            longest[tree] = Math.Max(longest[tree], level);
        }

        CheckSize(roots.Length, longest.Sum(splits => (double)splits) * columnsPerSplit);
    }

    private void CheckSize(int trees, double columns)
    {
        if (trees > MaxTrees)
        {
            throw new ArgumentException(FormattableString.Invariant($"The forest has {trees:N0} trees; allowed: 1 to {MaxTrees:N0}."));
        }

        if (columns > MaxColumns)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The forest's paths compare up to {columns:N0} columns of a payment; allowed: {MaxColumns:N0} in all trees."));
        }
    }

    /// <summary>Where a node stands: its tree, and its level from 1 at the root. Level 0: it is in no tree so far.</summary>
    private readonly record struct Place(int Tree, int Level)
    {
        public bool IsTaken => Level > 0;
    }
}

using Aegis.Core.Numerics;
using Aegis.MachineLearning.Forests.Kernels;

namespace Aegis.MachineLearning.Forests.Training;

/// <summary>Grows isolation forests. Trees are independent and each has its own seed, so the forest does not depend on
/// the number of threads.</summary>
/// <remarks>
/// Rows without a value in a split's column go to the child that got more rows. Infinities lie beyond every finite
/// value and every threshold. If a column is constant in a node, another is drawn. Rows that do not differ make a leaf.
/// </remarks>
public static class IsolationForestTrainer
{
    /// <summary>Grows a forest.</summary>
    /// <param name="rows">Row after row, <paramref name="columns"/> values each; NaN where a value is missing.</param>
    /// <param name="columns">Inputs for each row, 1 to 2,048.</param>
    /// <param name="options">Trees, subsample, splits, seed. If there are fewer rows than a subsample, a tree takes all of them.</param>
    /// <param name="grown">Receives the number of trees grown so far, from any thread; null if nobody watches.</param>
    /// <exception cref="ArgumentException">There are no rows, too many columns, or options are out of range.</exception>
    public static IsolationForest Train(float[] rows, int columns, IsolationForestOptions options, IProgress<int>? grown = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (columns is < 1 or > PackedForest.MaxColumns)
        {
            throw new ArgumentException($"columns is '{columns}'; allowed: 1 to {PackedForest.MaxColumns:N0}.", nameof(columns));
        }

        if (rows.Length == 0 || rows.Length % columns != 0)
        {
            throw new ArgumentException(
                $"{rows.Length} values in rows of {columns}; allowed: one row or more, none cut short.", nameof(rows));
        }

        var rowCount = rows.Length / columns;
        var largest = Math.Min(rowCount, options.SubsampleSizes.Max());
        var trees = new GrownTree[options.Trees];
        var done = 0;
        Parallel.For(
            0,
            options.Trees,
            new ParallelOptions { MaxDegreeOfParallelism = options.Threads ?? -1 },
            () => new TreeGrower(rows, columns, largest, options),
            (tree, _, grower) =>
            {
                var subsample = Math.Min(rowCount, options.SubsampleSizes[tree % options.SubsampleSizes.Count]);
                trees[tree] = grower.Grow(subsample, SeededRandom.For(options.Seed, (ulong)tree));
                grown?.Report(Interlocked.Increment(ref done));
                return grower;
            },
            _ => { });

        return Join(trees, options.ColumnsPerSplit);
    }

    private static IsolationForest Join(GrownTree[] trees, int columnsPerSplit)
    {
        var nodes = new ForestNode[trees.Sum(t => t.Nodes.Length)];
        var terms = new PlaneTerm[trees.Sum(t => t.Terms.Length)];
        var roots = new int[trees.Length];
        var normaliser = 0.0;
        var (next, nextTerm) = (0, 0);
        for (var tree = 0; tree < trees.Length; tree++)
        {
            var grown = trees[tree];
            var firstPlane = nextTerm / columnsPerSplit;
            roots[tree] = next;
            normaliser += grown.Nodes[0].PathLength;
            foreach (var node in grown.Nodes)
            {
                nodes[next++] = node.Feature < 0 ? node : node with { Feature = node.Feature + firstPlane, Left = node.Left + roots[tree] };
            }

            grown.Terms.CopyTo(terms, nextTerm);
            nextTerm += grown.Terms.Length;
        }

        // A single training row leaves c(ψ) = 0. Then every score is 1, which shows the caller that this is no model.
        return new IsolationForest(nodes, roots, Math.Max(normaliser, 1e-9), columnsPerSplit, terms);
    }
}

using Aegis.Core.Numerics;

namespace Aegis.Core.Forests;

/// <summary>Grows isolation forests. Trees are independent and seeded one by one, so the forest does not depend on the number of threads.</summary>
public static class IsolationForestTrainer
{
    /// <summary>Grows a forest.</summary>
    /// <param name="rows">Row after row, <paramref name="columns"/> finite values each.</param>
    /// <param name="columns">Inputs per row.</param>
    /// <param name="options">Trees, subsample, seed.</param>
    /// <param name="grown">Told the number of trees grown so far, from any thread; null where nobody watches.</param>
    /// <exception cref="ArgumentException">There are no rows, or options are out of range.</exception>
    public static IsolationForest Train(float[] rows, int columns, IsolationForestOptions options, IProgress<int>? grown = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (rows.Length == 0 || rows.Length % columns != 0)
        {
            throw new ArgumentException($"{rows.Length} values in rows of {columns}; allowed: one row or more, none cut short.", nameof(rows));
        }

        if (options.Trees is < 1 or > 10_000 || options.SubsampleSizes.Count == 0 || options.SubsampleSizes.Any(size => size is < 2 or > 32_768))
        {
            throw new ArgumentException("Trees must be 1 to 10,000 and every subsample size 2 to 32,768.", nameof(options));
        }

        var rowCount = rows.Length / columns;
        var trees = new ForestNode[options.Trees][];
        var done = 0;
        Parallel.For(0, options.Trees, tree =>
        {
            var size = Math.Min(rowCount, options.SubsampleSizes[tree % options.SubsampleSizes.Count]);
            trees[tree] = new TreeGrower(rows, columns, size, SeededRandom.For(options.Seed, (ulong)tree)).Grow();
            grown?.Report(Interlocked.Increment(ref done));
        });

        return Join(trees);
    }

    private static IsolationForest Join(ForestNode[][] trees)
    {
        var nodes = new ForestNode[trees.Sum(t => t.Length)];
        var roots = new int[trees.Length];
        var normaliser = 0.0;
        var next = 0;
        for (var tree = 0; tree < trees.Length; tree++)
        {
            roots[tree] = next;
            normaliser += trees[tree][0].PathLength;
            foreach (var node in trees[tree])
            {
                nodes[next++] = node.Feature < 0 ? node : node with { Left = node.Left + roots[tree] };
            }
        }

        // A single training row leaves c(ψ) = 0; every score is then 1, which a caller can see is no model.
        return new IsolationForest(nodes, roots, Math.Max(normaliser, 1e-9));
    }

    private sealed class TreeGrower(float[] rows, int columns, int subsample, SeededRandom random)
    {
        private readonly int[] _sample = new int[subsample];
        private readonly List<ForestNode> _nodes = [];
        private readonly int _heightLimit = (int)Math.Ceiling(Math.Log2(Math.Max(subsample, 2)));
        private readonly int[] _columnOrder = [.. Enumerable.Range(0, columns)];
        private SeededRandom _random = random;

        public ForestNode[] Grow()
        {
            Draw();
            var pending = new Stack<(int Node, int Start, int End, int Depth)>();
            _nodes.Add(Leaf(0, subsample));
            pending.Push((0, 0, subsample, 0));
            while (pending.TryPop(out var part))
            {
                if (part.Depth < _heightLimit && part.End - part.Start > 1 && TrySplit(part.Start, part.End, out var column, out var threshold))
                {
                    var middle = Partition(part.Start, part.End, column, threshold);
                    var left = _nodes.Count;
                    _nodes[part.Node] = _nodes[part.Node] with { Feature = column, Left = left, Threshold = threshold };
                    _nodes.Add(Leaf(part.Depth + 1, middle - part.Start));
                    _nodes.Add(Leaf(part.Depth + 1, part.End - middle));
                    pending.Push((left, part.Start, middle, part.Depth + 1));
                    pending.Push((left + 1, middle, part.End, part.Depth + 1));
                }
            }

            return [.. _nodes];
        }

        private static ForestNode Leaf(int depth, int size) => new(-1, 0, 0, (float)(depth + AveragePathLength.Of(size)));

        /// <summary>Draws the subsample without replacement (Floyd's algorithm).</summary>
        private void Draw()
        {
            var rowCount = rows.Length / columns;
            var chosen = new HashSet<int>();
            for (var i = 0; i < subsample; i++)
            {
                var candidate = _random.NextInt(rowCount - subsample + i + 1);
                _sample[i] = chosen.Add(candidate) ? candidate : rowCount - subsample + i;
                chosen.Add(_sample[i]);
            }
        }

        /// <summary>Draws a column that varies in the node and a threshold between its extremes; false where no column varies.</summary>
        private bool TrySplit(int start, int end, out int column, out float threshold)
        {
            for (var tried = 0; tried < columns; tried++)
            {
                var pick = tried + _random.NextInt(columns - tried);
                (_columnOrder[tried], _columnOrder[pick]) = (_columnOrder[pick], _columnOrder[tried]);
                column = _columnOrder[tried];
                var (low, high) = Range(start, end, column);
                if (high > low)
                {
                    threshold = (float)_random.NextDouble(low, high);
                    // Both sides must hold rows: low is always left, high always right.
                    threshold = threshold > low ? threshold : MathF.BitIncrement(low);
                    return true;
                }
            }

            column = -1;
            threshold = 0;
            return false;
        }

        private (float Low, float High) Range(int start, int end, int column)
        {
            float low = float.PositiveInfinity, high = float.NegativeInfinity;
            for (var i = start; i < end; i++)
            {
                var value = rows[(_sample[i] * columns) + column];
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }

            return (low, high);
        }

        private int Partition(int start, int end, int column, float threshold)
        {
            var middle = start;
            for (var i = start; i < end; i++)
            {
                if (rows[(_sample[i] * columns) + column] < threshold)
                {
                    (_sample[i], _sample[middle]) = (_sample[middle], _sample[i]);
                    middle++;
                }
            }

            return middle;
        }
    }
}

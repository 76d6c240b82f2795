using System.Runtime.InteropServices;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.MachineLearning.Forests.Sweep;

/// <summary>Lays a forest's nodes out in the order of <see cref="SweptForest"/>.</summary>
internal sealed class SweepPacker
{
    private const int BlockRows = SweptForest.BlockRows;

    // Beyond this size, with many thresholds in many groups, ranking the inputs would take longer than sweeping the trees.
    private const long MaxMapBytes = 16 << 20;

    private readonly List<int>[] _orders;
    private readonly RankMaps _maps;

    /// <summary>For each split, the number of its threshold among all of its column. <see cref="_slots"/> holds, for each
    /// packed node, the start of its slot.</summary>
    private readonly int[] _thresholds;
    private readonly int[] _slots;

    /// <param name="nodes">The nodes of all trees.</param>
    /// <param name="roots">The first node of each tree.</param>
    /// <param name="columns">The number of inputs that splits may test.</param>
    public SweepPacker(ReadOnlySpan<ForestNode> nodes, ReadOnlySpan<int> roots, int columns)
    {
        Columns = columns;
        _orders = new List<int>[roots.Length];
        for (var tree = 0; tree < roots.Length; tree++)
        {
            _orders[tree] = BreadthFirst(nodes, roots[tree]);
            MostSplits = Math.Max(MostSplits, _orders[tree].Count / 2);
        }

        Thresholds = Distinct(nodes);
        _maps = new RankMaps([.. Thresholds.Select(own => own.Length)]);
        _slots = new int[nodes.Length];
        _thresholds = new int[nodes.Length];
        foreach (var order in _orders)
        {
            foreach (var index in order)
            {
                _thresholds[index] = nodes[index].Feature < 0
                    ? 0
                    : Array.BinarySearch(Thresholds[nodes[index].Feature], nodes[index].Threshold);
            }
        }
    }

    /// <summary>The number of inputs that splits may test.</summary>
    public int Columns { get; }

    /// <summary>For each column, its distinct thresholds, ascending.</summary>
    public float[][] Thresholds { get; }

    /// <summary>The number of splits of the tree that has the most.</summary>
    public int MostSplits { get; }

    /// <summary>The number of distinct leaf values of the packed tree that has the most.</summary>
    public int MaxLeafValues { get; private set; }

    /// <summary>The packed trees, in order.</summary>
    public List<SweptForest.Tree> Trees { get; } = [];

    /// <summary>The groups of the packed trees.</summary>
    public List<SweptForest.Group> Groups { get; } = [];

    /// <summary>The splits of the packed trees, each tree's from the deepest to the root.</summary>
    public List<SweptForest.Split> Splits { get; } = [];

    /// <summary>The distinct leaf values of the packed trees.</summary>
    public List<double> Values { get; } = [];

    /// <summary>Packs all trees. False if a tree has more thresholds of a column than a byte can number, a column has
    /// more than ranks can count, or the trees need too many groups.</summary>
    public bool TryPack(ReadOnlySpan<ForestNode> nodes)
    {
        if (Thresholds.Any(own => own.Length > ushort.MaxValue))
        {
            return false;
        }

        for (var tree = 0; tree < _orders.Length;)
        {
            var first = tree;
            while (tree < _orders.Length && TryTake(nodes, _orders[tree]))
            {
                tree++;
            }

            if (tree == first || (Groups.Count + 1L) * Thresholds.Sum(own => own.Length + 1L) > MaxMapBytes)
            {
                return false;
            }

            var group = new SweptForest.Group(first, tree - first, _maps.Close());
            Groups.Add(group);
            foreach (var order in _orders.AsSpan(first, group.Trees))
            {
                Pack(nodes, order, group);
            }
        }

        return true;
    }

    /// <summary>For each column, its distinct thresholds. Ignores nodes that no tree reaches.</summary>
    private float[][] Distinct(ReadOnlySpan<ForestNode> nodes)
    {
        List<float>[] all = [.. Enumerable.Range(0, Columns).Select(_ => new List<float>())];
        foreach (var order in _orders)
        {
            foreach (var index in order)
            {
                if (nodes[index].Feature >= 0)
                {
                    // -0 is the same threshold as 0.
                    all[nodes[index].Feature].Add(nodes[index].Threshold + 0f);
                }
            }
        }

        var thresholds = new float[Columns][];
        for (var column = 0; column < Columns; column++)
        {
            all[column].Sort();
            thresholds[column] = WithoutRepeats(CollectionsMarshal.AsSpan(all[column]));
        }

        return thresholds;
    }

    private static float[] WithoutRepeats(Span<float> sorted)
    {
        var kept = 0;
        foreach (var value in sorted)
        {
            if (kept == 0 || value != sorted[kept - 1])
            {
                sorted[kept++] = value;
            }
        }

        return sorted[..kept].ToArray();
    }

    private static List<int> BreadthFirst(ReadOnlySpan<ForestNode> nodes, int root)
    {
        var order = new List<int> { root };
        for (var i = 0; i < order.Count; i++)
        {
            ref readonly var node = ref nodes[order[i]];
            if (node.Feature >= 0)
            {
                order.Add(node.Left);
                order.Add(node.Left + 1);
            }
        }

        return order;
    }

    private bool TryTake(ReadOnlySpan<ForestNode> nodes, List<int> order)
    {
        foreach (var index in order)
        {
            if (nodes[index].Feature >= 0 && !_maps.TryAdd(nodes[index].Feature, _thresholds[index]))
            {
                _maps.Drop();
                return false;
            }
        }

        _maps.Keep();
        return true;
    }

    private void Pack(ReadOnlySpan<ForestNode> nodes, List<int> order, SweptForest.Group group)
    {
        var tree = new SweptForest.Tree(Splits.Count, Values.Count, order.Count / 2);
        for (var i = order.Count - 1; i >= 0; i--)
        {
            var index = order[i];
            ref readonly var node = ref nodes[index];
            if (node.Feature < 0)
            {
                _slots[index] = (MostSplits + NumberOf(node.PathLength + 0f, tree)) * BlockRows;
                continue;
            }

            var keys = (2 * node.Feature) + (node.Missing == MissingSide.Left ? 1 : 0);
            // The map gives the number of the group's thresholds that a value reaches if it reaches this one.
            var key = (sbyte)(group.Maps[node.Feature][_thresholds[index] + 1] - 1);
            _slots[index] = (Splits.Count - tree.FirstSplit) * BlockRows;
            Splits.Add(new SweptForest.Split(keys * BlockRows, _slots[node.Left], _slots[node.Left + 1], key));
        }

        Trees.Add(tree);
        MaxLeafValues = Math.Max(MaxLeafValues, Values.Count - tree.FirstValue);
    }

    private int NumberOf(float value, SweptForest.Tree tree)
    {
        var number = CollectionsMarshal.AsSpan(Values)[tree.FirstValue..].IndexOf(value);
        if (number < 0)
        {
            number = Values.Count - tree.FirstValue;
            Values.Add(value);
        }

        return number;
    }
}

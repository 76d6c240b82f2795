using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Forests.Kernels;
using Aegis.MachineLearning.Forests.Sweep;

namespace Aegis.MachineLearning.Forests;

/// <summary>An isolation forest (Liu, Ting, Zhou 2008) in one flat array of nodes. Immutable; any number of threads may score.</summary>
public sealed class IsolationForest
{
    private readonly ForestNode[] _nodes;
    private readonly int[] _roots;
    private readonly PlaneTerm[] _terms;

    /// <summary>Null if splits test one column.</summary>
    private readonly PlaneForest? _planes;

    // Each layout takes the rows that it is quickest for and leaves the rest to the next; the last takes all.
    private readonly IForestLayout[] _layouts;

    /// <param name="nodes">The nodes of all trees.</param>
    /// <param name="roots">The first node of each tree; one tree or more.</param>
    /// <param name="pathNormaliser">The sum over trees of c(ψ), above 0.</param>
    /// <param name="columnsPerSplit">The number of columns that one split weighs together.</param>
    /// <param name="terms">The hyperplanes' terms, <paramref name="columnsPerSplit"/> each; none if that is 1.</param>
    /// <exception cref="ArgumentException">A node names a child, input, threshold or path length out of range.</exception>
    public IsolationForest(ForestNode[] nodes, int[] roots, double pathNormaliser, int columnsPerSplit = 1, PlaneTerm[]? terms = null)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(roots);
        if (roots.Length == 0 || !(pathNormaliser > 0 && double.IsFinite(pathNormaliser)))
        {
            throw new ArgumentException($"{roots.Length} trees whose path lengths are divided by {pathNormaliser}; allowed: one tree or more, a finite number above 0.", nameof(roots));
        }

        foreach (var node in nodes)
        {
            if (!(node.PathLength >= 0))
            {
                throw new ArgumentException($"{node} is in the forest; allowed: path lengths of 0 or more.", nameof(nodes));
            }
        }

        _nodes = nodes;
        _roots = roots;
        _terms = terms ?? [];
        PathNormaliser = pathNormaliser;
        ColumnsPerSplit = columnsPerSplit;
        if (columnsPerSplit == 1)
        {
            var packed = new PackedForest(nodes, roots);
            Columns = packed.Columns;
            _layouts = SweptForest.Of(nodes, roots, Columns) is { } swept ? [swept, packed] : [packed];
        }
        else
        {
            _planes = new PlaneForest(nodes, roots, _terms, columnsPerSplit);
            Columns = _planes.Columns;
            _layouts = [_planes];
        }
    }

    /// <summary>The nodes of all trees.</summary>
    public ReadOnlySpan<ForestNode> Nodes => _nodes;

    /// <summary>The first node of each tree.</summary>
    public ReadOnlySpan<int> Roots => _roots;

    /// <summary>The sum over trees of c(ψ).</summary>
    public double PathNormaliser { get; }

    /// <summary>The number of columns that one split weighs together: 1, or more in an extended forest.</summary>
    public int ColumnsPerSplit { get; }

    /// <summary>The hyperplanes of an extended forest, <see cref="ColumnsPerSplit"/> terms each.</summary>
    public ReadOnlySpan<PlaneTerm> Terms => _terms;

    /// <summary>The least number of inputs of a row.</summary>
    public int Columns { get; }

    /// <summary>The anomaly score s = 2^(-Σh(x)/Σc(ψ)) (eq. 2): near 1 if isolated, about 0.5 if ordinary.</summary>
    /// <param name="inputs">One encoded row.</param>
    public double Score(ReadOnlySpan<float> inputs)
    {
        var score = 0.0;
        Score(inputs, 1, new Span<double>(ref score));
        return score;
    }

    /// <summary>The anomaly scores of many rows. Each has the same bits as <see cref="Score(ReadOnlySpan{float})"/>
    /// gives for that row alone.</summary>
    /// <param name="rows">Encoded rows, one after another; NaN where a value is missing.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="scores">Receives one score per row.</param>
    /// <exception cref="ArgumentException">The rows are uneven or too short for the splits, or the scores are too few.</exception>
    public void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores)
    {
        if (rowCount <= 0)
        {
            return;
        }

        var columns = rows.Length / rowCount;
        if (columns * rowCount != rows.Length || columns < Columns || scores.Length < rowCount)
        {
            throw new ArgumentException(
                $"{rows.Length} values and {scores.Length} scores for {rowCount} rows; allowed: rows of one length, {Columns} or more, and a score for each.", nameof(rows));
        }

        scores = scores[..rowCount];
        var taken = 0;
        foreach (var layout in _layouts)
        {
            taken += layout.SumLeaves(rows[(taken * columns)..], columns, scores[taken..]);
        }

        foreach (ref var score in scores)
        {
            score = Math.Pow(2, -score / PathNormaliser);
        }
    }

    /// <summary>How much each input shortened the row's paths.</summary>
    /// <remarks>
    /// Along a path, a split contributes the path length expected before it less the one expected after it. The columns
    /// of a hyperplane share this evenly. The contributions of a tree add up to c(ψ) - h(x), those of the forest to
    /// Σc(ψ) - Σh(x). Divided by Σc(ψ), they are shares of the missing normalised path. A positive contribution made
    /// the row easier to isolate.
    /// </remarks>
    /// <param name="inputs">One encoded row.</param>
    /// <param name="contributions">Receives one value for each input.</param>
    public void Explain(ReadOnlySpan<float> inputs, Span<double> contributions)
    {
        contributions.Clear();
        if (_planes is not null)
        {
            _planes.AddContributions(inputs, contributions);
        }
        else
        {
            AddContributions(inputs, contributions);
        }

        foreach (ref var contribution in contributions)
        {
            contribution /= PathNormaliser;
        }
    }

    private void AddContributions(ReadOnlySpan<float> inputs, Span<double> contributions)
    {
        Span<int> walks = stackalloc int[TreeKernel.Lanes];
        for (var tree = 0; tree < _roots.Length; tree += TreeKernel.Lanes)
        {
            // In parallel, so that the loads of 8 walks overlap.
            var some = walks[..Math.Min(TreeKernel.Lanes, _roots.Length - tree)];
            _roots.AsSpan(tree, some.Length).CopyTo(some);
            while (Step(some, inputs, contributions))
            {
            }
        }
    }

    /// <summary>Moves each walk one node further and adds the change in path length; false once all walks are at leaves.</summary>
    private bool Step(Span<int> walks, ReadOnlySpan<float> inputs, Span<double> contributions)
    {
        var isMoving = false;
        foreach (ref var index in walks)
        {
            ref readonly var node = ref _nodes[index];
            if (node.Feature >= 0)
            {
                isMoving = true;
                index = node.Next(inputs[node.Feature]);
                contributions[node.Feature] += (double)node.PathLength - _nodes[index].PathLength;
            }
        }

        return isMoving;
    }
}

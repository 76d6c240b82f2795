using System.Runtime.InteropServices;

namespace Aegis.Core.Forests;

/// <summary>A node of a tree: a split, or a leaf where <see cref="Feature"/> is negative.</summary>
/// <param name="Feature">The input tested, or -1.</param>
/// <param name="Left">Index of the left child; the right one follows it.</param>
/// <param name="Threshold">Rows below it go left.</param>
/// <param name="PathLength">Depth plus c(rows that trained the node): the path length expected here, and the result at a leaf.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly record struct ForestNode(int Feature, int Left, float Threshold, float PathLength);

/// <summary>An isolation forest (Liu, Ting, Zhou 2008) in one flat array of nodes. Immutable; any number of threads may score.</summary>
public sealed class IsolationForest
{
    private readonly ForestNode[] _nodes;
    private readonly int[] _roots;
    private readonly PackedForest _packed;

    /// <param name="nodes">All trees' nodes.</param>
    /// <param name="roots">Each tree's first node.</param>
    /// <param name="pathNormaliser">The sum over trees of c(ψ).</param>
    /// <exception cref="ArgumentException">A node names a child, input, threshold or path length out of range.</exception>
    public IsolationForest(ForestNode[] nodes, int[] roots, double pathNormaliser)
    {
        _nodes = nodes;
        _roots = roots;
        _packed = new PackedForest(nodes, roots);
        PathNormaliser = pathNormaliser;
    }

    /// <summary>All trees' nodes.</summary>
    public ReadOnlySpan<ForestNode> Nodes => _nodes;

    /// <summary>Each tree's first node.</summary>
    public ReadOnlySpan<int> Roots => _roots;

    /// <summary>The sum over trees of c(ψ).</summary>
    public double PathNormaliser { get; }

    /// <summary>The anomaly score s = 2^(-Σh(x)/Σc(ψ)): near 1 isolated, about 0.5 ordinary (eq. 2).</summary>
    /// <param name="inputs">One encoded row.</param>
    public double Score(ReadOnlySpan<float> inputs)
    {
        var score = 0.0;
        Score(inputs, 1, new Span<double>(ref score));
        return score;
    }

    /// <summary>The anomaly scores of many rows, each the same to the bit as <see cref="Score(ReadOnlySpan{float})"/> of that row alone.</summary>
    /// <param name="rows">Encoded rows, one after another.</param>
    /// <param name="rowCount">How many.</param>
    /// <param name="scores">Receives one score per row.</param>
    /// <exception cref="ArgumentException">The rows are uneven or too short for the splits, or the scores do not fit.</exception>
    public void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores)
    {
        if (rowCount <= 0)
        {
            return;
        }

        var columns = rows.Length / rowCount;
        if (columns * rowCount != rows.Length || columns < _packed.Columns || scores.Length < rowCount)
        {
            throw new ArgumentException(
                $"{rows.Length} values and {scores.Length} scores for {rowCount} rows; allowed: rows of one length, {_packed.Columns} or more, and a score for each.", nameof(rows));
        }

        scores = scores[..rowCount];
        TreeKernel.SumPathLengths(_packed, rows, columns, scores);
        foreach (ref var score in scores)
        {
            score = Math.Pow(2, -score / PathNormaliser);
        }
    }

    /// <summary>How much each input shortened the row's paths.</summary>
    /// <remarks>
    /// Walking down, a split's contribution is the path length expected before it less that expected after it. The
    /// contributions of a tree add up to c(ψ) - h(x), those of the forest to Σc(ψ) - Σh(x); divided by Σc(ψ) they are
    /// shares of the normalised path that is missing. Positive: made the row easier to isolate.
    /// </remarks>
    /// <param name="inputs">One encoded row.</param>
    /// <param name="contributions">Receives one value per input.</param>
    public void Explain(ReadOnlySpan<float> inputs, Span<double> contributions)
    {
        contributions.Clear();
        foreach (var root in _roots)
        {
            var index = root;
            while (_nodes[index] is { Feature: >= 0 } node)
            {
                var next = node.Left + (inputs[node.Feature] < node.Threshold ? 0 : 1);
                contributions[node.Feature] += (node.PathLength - _nodes[next].PathLength) / PathNormaliser;
                index = next;
            }
        }
    }
}

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

    /// <param name="nodes">All trees' nodes.</param>
    /// <param name="roots">Each tree's first node.</param>
    /// <param name="pathNormaliser">The sum over trees of c(ψ).</param>
    public IsolationForest(ForestNode[] nodes, int[] roots, double pathNormaliser)
    {
        _nodes = nodes;
        _roots = roots;
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
        var total = 0.0;
        foreach (var root in _roots)
        {
            total += _nodes[LeafOf(root, inputs)].PathLength;
        }

        return Math.Pow(2, -total / PathNormaliser);
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

    private int LeafOf(int root, ReadOnlySpan<float> inputs)
    {
        var nodes = _nodes;
        var index = root;
        while (true)
        {
            ref readonly var node = ref nodes[index];
            if (node.Feature < 0)
            {
                return index;
            }

            index = node.Left + (inputs[node.Feature] < node.Threshold ? 0 : 1);
        }
    }
}

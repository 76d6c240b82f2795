using System.Runtime.InteropServices;
using Aegis.Core.Numerics;
using Aegis.MachineLearning.Forests.Kernels;

namespace Aegis.MachineLearning.Forests.Training;

/// <summary>Splits by a hyperplane over several varying columns (Hariri, Carrasco Kind, Brunner 2019).</summary>
/// <remarks>
/// Coefficients are normal, divided by the column's range in the node, so that a column's unit does not change its
/// weight. The threshold is uniform between the extremes of the rows' projections. Hariri et al. draw a point in the
/// node's bounding box instead, which may leave a side empty.
/// </remarks>
internal sealed class HyperplaneSplits(SubsampleBlock block, VaryingColumns columns, int columnsPerSplit, int capacity) : SplitDrawer
{
    private readonly List<PlaneTerm> _terms = [];
    private readonly double[] _sums = new double[capacity];
    private readonly float[] _projections = new float[capacity];

    /// <summary>The planes of the current tree, <c>columnsPerSplit</c> terms each.</summary>
    public ReadOnlySpan<PlaneTerm> Terms => CollectionsMarshal.AsSpan(_terms);

    public override void Reset(ref SeededRandom random)
    {
        _terms.Clear();
        columns.Reset(ref random);
    }

    public override bool TryDraw(ReadOnlySpan<int> rows, ref SeededRandom random, out Split split)
    {
        var first = _terms.Count;
        DrawPlane(rows, ref random);
        var (low, high) = Project(rows, CollectionsMarshal.AsSpan(_terms)[first..]);
        if (high > low)
        {
            split = new Split(first / columnsPerSplit, Split.DrawThreshold(low, high, ref random), _projections);
            return true;
        }

        _terms.RemoveRange(first, columnsPerSplit);
        split = default;
        return false;
    }

    private void DrawPlane(ReadOnlySpan<int> rows, ref SeededRandom random)
    {
        var tried = 0;
        for (var i = 0; i < columnsPerSplit; i++)
        {
            _terms.Add(columns.TryDraw(rows, ref tried, ref random, out var range)
                ? new PlaneTerm(range.Column, PlaneTerm.Finite(random.NextNormal() / ((double)range.High - range.Low)))
                : PlaneTerm.Unused);
        }
    }

    private (float Low, float High) Project(ReadOnlySpan<int> rows, ReadOnlySpan<PlaneTerm> plane)
    {
        foreach (var row in rows)
        {
            _sums[row] = 0;
        }

        foreach (var term in plane)
        {
            if (term.Column >= 0)
            {
                var values = block.Column(term.Column);
                foreach (var row in rows)
                {
                    _sums[row] += term.Of(values[row]);
                }
            }
        }

        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        foreach (var row in rows)
        {
            var projection = _projections[row] = PlaneTerm.Finite(_sums[row]);
            low = projection < low ? projection : low;
            high = projection > high ? projection : high;
        }

        return (low, high);
    }
}

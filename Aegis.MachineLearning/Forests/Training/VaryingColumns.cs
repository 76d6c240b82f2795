using Aegis.Core.Numerics;

namespace Aegis.MachineLearning.Forests.Training;

/// <summary>A column and its extremes over a node's rows. Infinities count as the outermost finite values.</summary>
internal readonly record struct ColumnRange(int Column, float Low, float High);

/// <summary>Draws columns that vary within a node. Each column of a tree has the same chance.</summary>
internal sealed class VaryingColumns(SubsampleBlock block, int columnsPerTree)
{
    private readonly int[] _order = new int[block.Columns];

    /// <summary>Draws the columns that a tree may split on.</summary>
    public void Reset(ref SeededRandom random)
    {
        for (var column = 0; column < _order.Length; column++)
        {
            _order[column] = column;
        }

        for (var drawn = 0; drawn < columnsPerTree && columnsPerTree < _order.Length; drawn++)
        {
            Swap(drawn, drawn + random.NextInt(_order.Length - drawn));
        }
    }

    /// <summary>Draws the next column, and goes on while the drawn one is constant in the node.</summary>
    /// <param name="rows">The node's rows.</param>
    /// <param name="tried">The number of columns drawn for this node so far; 0 at first.</param>
    /// <param name="random">The tree's generator.</param>
    /// <param name="range">Receives the column.</param>
    /// <returns>False if no column is left.</returns>
    public bool TryDraw(ReadOnlySpan<int> rows, ref int tried, ref SeededRandom random, out ColumnRange range)
    {
        while (tried < columnsPerTree)
        {
            Swap(tried, tried + random.NextInt(columnsPerTree - tried));
            range = Range(rows, _order[tried++]);
            if (range.High > range.Low)
            {
                return true;
            }
        }

        range = default;
        return false;
    }

    private ColumnRange Range(ReadOnlySpan<int> rows, int column)
    {
        var values = block.Column(column);
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        foreach (var row in rows)
        {
            // NaN fails both comparisons, so it is left out.
            var value = values[row];
            low = value < low ? value : low;
            high = value > high ? value : high;
        }

        return new ColumnRange(column, Math.Max(low, float.MinValue), Math.Min(high, float.MaxValue));
    }

    private void Swap(int a, int b) => (_order[a], _order[b]) = (_order[b], _order[a]);
}

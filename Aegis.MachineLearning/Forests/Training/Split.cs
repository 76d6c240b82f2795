using Aegis.Core.Numerics;

namespace Aegis.MachineLearning.Forests.Training;

/// <summary>A split of a node while its tree grows.</summary>
/// <param name="feature">The input or hyperplane that it tests.</param>
/// <param name="threshold">Rows with a value below it go left.</param>
/// <param name="values">The compared value of each row of the subsample; defined only for the node's own rows.</param>
internal readonly ref struct Split(int feature, float threshold, ReadOnlySpan<float> values)
{
    public int Feature { get; } = feature;

    public float Threshold { get; } = threshold;

    public ReadOnlySpan<float> Values { get; } = values;

    /// <summary>A uniform threshold between the extremes, such that the lowest row goes left and the highest right.</summary>
    public static float DrawThreshold(float low, float high, ref SeededRandom random)
    {
        var threshold = (float)random.NextDouble(low, high);
        return threshold > low ? threshold : MathF.BitIncrement(low);
    }
}

/// <summary>Draws splits for the nodes of one tree after another.</summary>
internal abstract class SplitDrawer
{
    /// <summary>Begins a tree.</summary>
    public abstract void Reset(ref SeededRandom random);

    /// <summary>Draws a split with rows on both sides; false if the node's rows do not differ.</summary>
    public abstract bool TryDraw(ReadOnlySpan<int> rows, ref SeededRandom random, out Split split);
}

/// <summary>Splits on one column, drawn from those that vary, at a threshold uniform between its extremes (Liu, Ting, Zhou 2008).</summary>
internal sealed class AxisSplits(SubsampleBlock block, VaryingColumns columns) : SplitDrawer
{
    public override void Reset(ref SeededRandom random) => columns.Reset(ref random);

    public override bool TryDraw(ReadOnlySpan<int> rows, ref SeededRandom random, out Split split)
    {
        var tried = 0;
        if (!columns.TryDraw(rows, ref tried, ref random, out var range))
        {
            split = default;
            return false;
        }

        split = new Split(range.Column, Split.DrawThreshold(range.Low, range.High, ref random), block.Column(range.Column));
        return true;
    }
}

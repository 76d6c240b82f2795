using Aegis.Core.Numerics;

namespace Aegis.MachineLearning.Forests.Training;

/// <summary>A split of a node while its tree grows.</summary>
/// <param name="feature">What it tests: an input or a hyperplane.</param>
/// <param name="threshold">Rows below it go left.</param>
/// <param name="values">What each row of the subsample is compared by; only a node's own rows are defined.</param>
internal readonly ref struct Split(int feature, float threshold, ReadOnlySpan<float> values)
{
    public int Feature { get; } = feature;

    public float Threshold { get; } = threshold;

    public ReadOnlySpan<float> Values { get; } = values;

    /// <summary>Uniform between the extremes, such that the lowest row is left and the highest right.</summary>
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

    /// <summary>Draws a split that has rows on both sides; false where the node's rows do not differ.</summary>
    public abstract bool TryDraw(ReadOnlySpan<int> rows, ref SeededRandom random, out Split split);
}

/// <summary>Splits on one column, drawn among those that vary, at a threshold uniform between its extremes (Liu, Ting, Zhou
/// 2008).</summary>
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

namespace Aegis.MachineLearning.Forests;

/// <summary>A forest's trees, laid out for one way of scoring. All layouts of a forest give the same bits.</summary>
internal interface IForestLayout
{
    /// <summary>Sums path lengths over all trees, in their order. Takes as many of the first rows as this layout is quick for.</summary>
    /// <param name="rows">Row after row.</param>
    /// <param name="columns">Inputs per row, at least the forest's.</param>
    /// <param name="sums">Has one place per row; receives one sum per row taken.</param>
    /// <returns>The number of rows taken; the next layout takes the rest.</returns>
    int SumLeaves(ReadOnlySpan<float> rows, int columns, Span<double> sums);
}

using System.Runtime.InteropServices;

namespace Aegis.MachineLearning.Autoencoders;

/// <summary>A view of a matrix whose rows and columns lie at any fixed distance, so that its transpose is another view of the same
/// memory.</summary>
internal readonly ref struct StridedMatrix
{
    private StridedMatrix(ref float first, int rows, int columns, int rowStride, int columnStride)
    {
        First = ref first;
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    /// <summary>The value in the upper left.</summary>
    public readonly ref float First;

    /// <summary>How many rows.</summary>
    public int Rows { get; }

    /// <summary>How many columns.</summary>
    public int Columns { get; }

    /// <summary>Values from one row to the next.</summary>
    public int RowStride { get; }

    /// <summary>Values from one column to the next.</summary>
    public int ColumnStride { get; }

    /// <summary>The same values with rows and columns exchanged.</summary>
    public StridedMatrix Transposed => new(ref First, Columns, Rows, ColumnStride, RowStride);

    /// <summary>Views rows that lie one after another.</summary>
    /// <param name="values">The values.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">Values used of each row.</param>
    /// <param name="rowStride">Values from one row to the next, at least <paramref name="columns"/>.</param>
    /// <exception cref="ArgumentException">The values end before the last row does.</exception>
    public static StridedMatrix Of(ReadOnlySpan<float> values, int rows, int columns, int rowStride)
    {
        if (rowStride < columns || (rows > 0 && values.Length < ((long)(rows - 1) * rowStride) + columns))
        {
            throw new ArgumentException(
                $"{values.Length} values; allowed: {rows} rows of {columns} values, {rowStride} apart.", nameof(values));
        }

        return new StridedMatrix(ref MemoryMarshal.GetReference(values), rows, columns, rowStride, 1);
    }
}

using System.Runtime.InteropServices;

namespace Aegis.MachineLearning.Autoencoders;

/// <summary>A view of a matrix with any fixed distance between rows and between columns. So its transpose is another
/// view of the same memory.</summary>
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

    /// <summary>The value in the upper left corner.</summary>
    public readonly ref float First;

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The distance from one row to the next, in values.</summary>
    public int RowStride { get; }

    /// <summary>The distance from one column to the next, in values.</summary>
    public int ColumnStride { get; }

    /// <summary>The same values with rows and columns exchanged.</summary>
    public StridedMatrix Transposed => new(ref First, Columns, Rows, ColumnStride, RowStride);

    /// <summary>A view of rows that lie one after another.</summary>
    /// <param name="values">The values.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of values used from each row.</param>
    /// <param name="rowStride">The distance from one row to the next, at least <paramref name="columns"/>.</param>
    /// <exception cref="ArgumentException">The values end before the last row ends.</exception>
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

using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Aegis.MachineLearning.Trainers;

/// <summary>Finds and reads the column that detectors work on.</summary>
internal static class FeatureColumns
{
    /// <summary>Finds a column with the same number of floats in every row.</summary>
    /// <exception cref="ArgumentException">The column is missing or holds something else.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        var column = schema.GetColumnOrNull(name)
            ?? throw new ArgumentException(
                $"There is no column '{name}'; allowed: one of {string.Join(", ", schema.Select(c => c.Name))}, a vector of floats.");
        return column.Type is VectorDataViewType { Size: > 0 } vector && vector.ItemType == NumberDataViewType.Single
            ? column
            : throw new ArgumentException($"Column '{name}' holds {column.Type}; allowed: a vector of floats of a known length.");
    }

    /// <summary>All rows of the column, one after another, each with <paramref name="columns"/> values.
    /// <see cref="FloatRows"/> returns its own array, without a copy.</summary>
    /// <exception cref="ArgumentException">The column is missing or holds something else, or there are too many rows
    /// for one array.</exception>
    public static float[] Read(IDataView table, string name, out int columns)
    {
        var column = Find(table.Schema, name);
        columns = ((VectorDataViewType)column.Type).Size;
        if (table is FloatRows kept)
        {
            return kept.Rows;
        }

        var rows = new List<float>((int)Math.Min(Array.MaxLength, (table.GetRowCount() ?? 0) * columns));
        var vector = default(VBuffer<float>);
        using var cursor = table.GetRowCursor([column]);
        var getter = cursor.GetGetter<VBuffer<float>>(column);
        while (cursor.MoveNext())
        {
            if (rows.Count > Array.MaxLength - columns)
            {
                throw new ArgumentException(
                    $"More than {rows.Count / columns} rows of {columns} values to fit on; allowed: {Array.MaxLength / columns}.");
            }

            getter(ref vector);
            CollectionsMarshal.SetCount(rows, rows.Count + columns);
            vector.CopyTo(CollectionsMarshal.AsSpan(rows)[^columns..]);
        }

        return [.. rows];
    }
}

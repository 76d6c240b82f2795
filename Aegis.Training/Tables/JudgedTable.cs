using Aegis.Datasets.Files;
using Aegis.MachineLearning.Tables;

namespace Aegis.Training.Tables;

/// <summary>A table without the columns that tell nothing, and what was found about its columns.</summary>
/// <param name="Table">The table that detectors read.</param>
/// <param name="Notes">The columns that were left out or stand out, each with a note.</param>
internal sealed record JudgedTable(NumericTable Table, IReadOnlyList<JudgedColumn> Notes)
{
    /// <summary>Judges a table's columns by the rows to fit on.</summary>
    /// <param name="table">The table as it was read.</param>
    /// <param name="fitRows">The number of rows to fit on, from the first.</param>
    /// <param name="keep">Columns that stay, whatever is found.</param>
    /// <exception cref="ArgumentException">A column to keep is unknown, or no column is left.</exception>
    public static JudgedTable Of(NumericTable table, int fitRows, IReadOnlyCollection<string> keep)
    {
        if (keep.Except(table.Columns).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException($"--keep names '{unknown}'; allowed: columns of the table, {string.Join(", ", table.Columns)}.");
        }

        if (fitRows < TableModelTrainer.MinRows)
        {
            // Too few to judge a column by, and refused as soon as they are fitted on.
            return new JudgedTable(table, []);
        }

        var columns = table.Columns.Count;
        var notes = ColumnJudge.Judge(table.Columns, table.Values.AsSpan(0, fitRows * columns))
            .Select(column => keep.Contains(column.Name) ? column with { IsKept = true, Note = "" } : column).ToList();
        var kept = Enumerable.Range(0, columns).Where(column => notes[column].IsKept).ToArray();
        var values = new double[table.Values.Length / columns * kept.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = table.Values[(i / kept.Length * columns) + kept[i % kept.Length]];
        }

        return kept.Length == 0
            ? throw new ArgumentException(
                $"No column is left: {string.Join("; ", notes.Select(note => $"{note.Name} {note.Note}"))}. Allowed: at least one that tells rows apart, or --keep.")
            : new JudgedTable(
                table with { Columns = [.. kept.Select(column => table.Columns[column])], Values = values },
                [.. notes.Where(note => note.Note.Length > 0)]);
    }
}

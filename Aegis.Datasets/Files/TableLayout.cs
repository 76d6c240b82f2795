using System.Globalization;

namespace Aegis.Datasets.Files;

/// <summary>The roles of a table's columns: the inputs and the label.</summary>
/// <param name="Inputs">The positions of the inputs.</param>
/// <param name="Label">The position of the label.</param>
internal sealed record TableLayout(int[] Inputs, int Label)
{
    /// <exception cref="DatasetException">A column is unknown or named twice, the file has no header, or no input or
    /// too many inputs are left.</exception>
    public static TableLayout Of(string path, CsvFile file, string? label, IReadOnlyCollection<string> drop, int mostColumns)
    {
        var header = file.Header;
        if (header.All(name => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
        {
            throw new DatasetException($"{path}, line 1: the line holds numbers only; allowed: a header that names the columns.");
        }

        if (header.GroupBy(name => name).FirstOrDefault(name => name.Count() > 1) is { } twice)
        {
            throw new DatasetException($"{path}, line 1: {twice.Count()} columns are named '{twice.Key}'; allowed: a name for each.");
        }

        var labelAt = label is null ? header.Length - 1 : Find(path, file, "--label", label);
        var dropped = drop.Select(name => Find(path, file, "--drop", name)).ToHashSet();
        if (dropped.Contains(labelAt))
        {
            throw new DatasetException(
                $"--drop names '{header[labelAt]}', which is the label of {path}; allowed: other columns, or another --label.");
        }

        int[] inputs = [.. Enumerable.Range(0, header.Length).Where(column => column != labelAt && !dropped.Contains(column))];
        return inputs.Length >= 1 && inputs.Length <= mostColumns
            ? new TableLayout(inputs, labelAt)
            : throw new DatasetException($"{path} has {inputs.Length:N0} columns beside the label, {file.ShownHeader}; allowed: 1 to {mostColumns:N0}. Leave some out with --drop.");
    }

    private static int Find(string path, CsvFile file, string option, string name)
    {
        var column = Array.IndexOf(file.Header, name);
        return column >= 0
            ? column
            : throw new DatasetException($"{option} names '{name}', which {path} lacks; its columns, {file.ShownHeader}.");
    }
}

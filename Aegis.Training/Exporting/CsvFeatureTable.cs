using System.Globalization;
using CsvHelper;

namespace Aegis.Training.Exporting;

/// <summary>A table as CSV (RFC 4180, UTF-8). What is not known is empty; numbers read back to the same bits.</summary>
internal sealed class CsvFeatureTable : FeatureTable
{
    private readonly CsvWriter _csv;

    public CsvFeatureTable(Stream file)
    {
        _csv = CsvWriter.Create(file);
        IEnumerable<string> names =
        [
            .. ExportColumns.Texts.Select(column => column.Name), .. ExportColumns.Times.Select(column => column.Name),
            ExportColumns.Label, .. ExportColumns.Scores.Select(column => column.Name), .. ExportColumns.Features,
        ];
        foreach (var name in names)
        {
            _csv.WriteField(name);
        }

        _csv.EndRecord();
    }

    /// <inheritdoc/>
    public override ValueTask AddAsync(ExportedRow row)
    {
        foreach (var (_, value) in ExportColumns.Texts)
        {
            _csv.WriteField(value(row));
        }

        foreach (var (_, value) in ExportColumns.Times)
        {
            _csv.WriteField(value(row)?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        }

        _csv.WriteField(row.IsFraud switch { true => "1", false => "0", null => null });
        foreach (var (_, value) in ExportColumns.Scores)
        {
            _csv.WriteField(value(row)?.ToString("R", CultureInfo.InvariantCulture));
        }

        foreach (var value in row.Features)
        {
            _csv.WriteField(float.IsNaN(value) ? null : value.ToString("R", CultureInfo.InvariantCulture));
        }

        _csv.EndRecord();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _csv.DisposeAsync();
}

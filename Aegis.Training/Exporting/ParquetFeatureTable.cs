using Parquet;
using Parquet.Schema;

namespace Aegis.Training.Exporting;

/// <summary>A table as Apache Parquet. What is not known is null.</summary>
internal sealed class ParquetFeatureTable : FeatureTable
{
    private const int RowsAtOnce = 20_000;

    private static readonly DataField[] Texts = [.. ExportColumns.Texts.Select(column => new DataField<string>(column.Name))];
    private static readonly DataField[] Times = [.. ExportColumns.Times.Select(column => new DataField<DateTime?>(column.Name))];
    private static readonly DataField Label = new DataField<bool?>(ExportColumns.Label);
    private static readonly DataField[] Scores = [.. ExportColumns.Scores.Select(column => new DataField<double?>(column.Name))];
    private static readonly DataField[] Features = [.. ExportColumns.Features.Select(name => new DataField<float?>(name))];

    private readonly Stream _file;
    private readonly ParquetWriter _writer;
    private readonly List<ExportedRow> _rows = [];

    private ParquetFeatureTable(Stream file, ParquetWriter writer)
    {
        _file = file;
        _writer = writer;
    }

    /// <summary>Begins a file.</summary>
    public static async Task<ParquetFeatureTable> CreateAsync(Stream file) =>
        new(file, await ParquetWriter.CreateAsync(new ParquetSchema([.. Texts, .. Times, Label, .. Scores, .. Features]), file));

    /// <inheritdoc/>
    public override async ValueTask AddAsync(ExportedRow row)
    {
        _rows.Add(row);
        if (_rows.Count == RowsAtOnce)
        {
            await WriteAsync();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_rows.Count > 0)
        {
            await WriteAsync();
        }

        await _writer.DisposeAsync();
        await _file.DisposeAsync();
    }

    private static float? Known(float value) => float.IsNaN(value) ? null : value;

    private async Task WriteAsync()
    {
        using var group = _writer.CreateRowGroup();
        foreach (var (field, column) in Texts.Zip(ExportColumns.Texts))
        {
            await group.WriteAsync(field, [.. _rows.Select(row => column.Value(row)!)]);
        }

        foreach (var (field, column) in Times.Zip(ExportColumns.Times))
        {
            await group.WriteAsync<DateTime>(field, _rows.Select(row => column.Value(row)?.UtcDateTime).ToArray());
        }

        await group.WriteAsync<bool>(Label, _rows.Select(row => row.IsFraud).ToArray());
        foreach (var (field, column) in Scores.Zip(ExportColumns.Scores))
        {
            await group.WriteAsync<double>(field, _rows.Select(column.Value).ToArray());
        }

        for (var feature = 0; feature < Features.Length; feature++)
        {
            await group.WriteAsync<float>(Features[feature], _rows.Select(row => Known(row.Features[feature])).ToArray());
        }

        group.CompleteValidate();
        _rows.Clear();
    }
}

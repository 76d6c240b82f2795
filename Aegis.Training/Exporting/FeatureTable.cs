namespace Aegis.Training.Exporting;

/// <summary>A file of <see cref="ExportedRow"/>s, whose ending names its format.</summary>
internal abstract class FeatureTable : IAsyncDisposable
{
    /// <summary>The endings there are.</summary>
    public const string Allowed = "a path that ends with .csv or .parquet";

    /// <summary>Writes a file. It stands under its name once it is whole; an unfinished one is deleted.</summary>
    /// <returns>The number of rows.</returns>
    /// <exception cref="ArgumentException">The ending is unknown.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task<long> WriteAsync(string path, IAsyncEnumerable<ExportedRow> rows, CancellationToken cancel)
    {
        var part = $"{path}.part";
        try
        {
            var count = 0L;
            await using (var table = await BeginAsync(path, part))
            {
                await foreach (var row in rows.WithCancellation(cancel))
                {
                    cancel.ThrowIfCancellationRequested();
                    await table.AddAsync(row);
                    count++;
                }
            }

            File.Move(part, path, overwrite: true);
            return count;
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Appends a row.</summary>
    public abstract ValueTask AddAsync(ExportedRow row);

    /// <summary>Completes the file.</summary>
    public abstract ValueTask DisposeAsync();

    private static async Task<FeatureTable> BeginAsync(string path, string part) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => new CsvFeatureTable(File.Create(part)),
        ".parquet" => await ParquetFeatureTable.CreateAsync(File.Create(part)),
        _ => throw new ArgumentException($"--features is '{path}'; allowed: {Allowed}."),
    };
}

using Aegis.Core.Transactions;
using Aegis.Datasets.Maps;

namespace Aegis.Datasets.Files;

/// <summary>Reads transactions from CSV files, packed or not, through a column map, line by line.</summary>
public sealed class CsvTransactionReader
{
    private readonly string _path;
    private readonly ColumnMap _map;
    private readonly CardTokeniser? _tokeniser;
    private readonly DateTimeOffset _now;

    /// <param name="path">The file; its first bytes tell whether it is packed with gzip, zstd or zip.</param>
    /// <param name="map">The map from columns to fields.</param>
    /// <param name="now">The clock that event times are checked against.</param>
    /// <param name="tokeniser">Exchanges card numbers for tokens; without it a card number is a fault.</param>
    /// <exception cref="DatasetException">There is no such file.</exception>
    public CsvTransactionReader(string path, ColumnMap map, DateTimeOffset now, CardTokeniser? tokeniser = null)
    {
        if (!File.Exists(path))
        {
            throw new DatasetException($"Data file '{path}' does not exist.");
        }

        _path = path;
        _map = map;
        _now = now;
        _tokeniser = tokeniser;
    }

    /// <summary>Reads the file to its end.</summary>
    /// <param name="afterLine">Skips lines up to this one; 0 or 1 reads all.</param>
    /// <exception cref="DatasetException">A column is missing, or the file is empty, damaged or cut short.</exception>
    public IEnumerable<CsvLine> Read(long afterLine = 0)
    {
        using var file = new CsvFile(_path, _map.Delimiter);
        var row = new RowReader(_map, file, _path);
        while (file.Advance())
        {
            if (file.Line <= afterLine)
            {
                continue;
            }

            yield return file.Fault is { } fault
                ? new CsvLine(file.Line, null, default, [new CsvFault(fault, null)])
                : row.Read(file, _tokeniser, _now);
        }
    }
}

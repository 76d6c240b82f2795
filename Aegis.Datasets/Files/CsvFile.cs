using Aegis.Core.Transactions;
using CsvHelper;

namespace Aegis.Datasets.Files;

/// <summary>A CSV file (RFC 4180, UTF-8 unless a byte order mark says otherwise), packed or not, read line by line.
/// Errors name the file and the line.</summary>
internal sealed class CsvFile : IDisposable
{
    private readonly string _path;
    private readonly int _maxLineLength;
    private readonly DataFile _file;
    private readonly CsvReader _csv;
    private CsvMalformedRecord? _malformed;

    /// <param name="path">The file; its first bytes tell whether it is packed with gzip, zstd or zip.</param>
    /// <param name="delimiter">The character between cells; null to take the one of <c>, ; | tab</c> that the first lines show.</param>
    /// <param name="maxLineLength">The largest number of bytes of a line. A longer line is more likely a quote that is
    /// never closed.</param>
    /// <exception cref="DatasetException">There is no such file, it is empty or no text, or its header is damaged.</exception>
    public CsvFile(string path, char? delimiter = null, int maxLineLength = 1 << 20)
    {
        if (!File.Exists(path))
        {
            throw new DatasetException($"Data file '{path}' does not exist.");
        }

        _path = path;
        _maxLineLength = maxLineLength;
        _file = DataFile.Open(path);
        _csv = CsvReader.Create(_file.Text, new CsvReaderOptions
        {
            TrackLineNumbers = true,
            Separator = delimiter,
            MaxRecordSize = maxLineLength,
            OnMalformedRecord = record => _malformed ??= record,
            IncludeValuesInExceptions = false,
        });
        try
        {
            Header = ReadHeader();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The names of the columns, without the blanks around them.</summary>
    public string[] Header { get; }

    /// <summary>The header for messages, with the delimiter that it was split at.</summary>
    public string ShownHeader => $"split at {Shown(_csv.Separator)}: {Shown(Header)}";

    /// <summary>The current line's cells.</summary>
    public CsvReader Cells => _csv;

    /// <summary>The line of the file where the current line begins. The header is line 1 unless empty lines come before it.</summary>
    public long Line => _csv.LineNumber;

    /// <summary>What is wrong with the current line as a line of CSV, whatever its cells hold; null if nothing is.</summary>
    public TransactionFault? Fault
    {
        get
        {
            if (_malformed is { } malformed)
            {
                return TransactionFault.Of("line", malformed.RawRecord, Describe(malformed.Reason));
            }

            return _csv.FieldCount == Header.Length
                ? null
                : TransactionFault.Of(
                    "line", System.Text.Encoding.UTF8.GetString(_csv.RawRecord), $"{Header.Length} cells; this line has {_csv.FieldCount}");
        }
    }

    /// <summary>Goes to the next line; false at the end.</summary>
    /// <exception cref="DatasetException">The file is damaged or cut short, or the line is too long.</exception>
    public bool Advance()
    {
        _malformed = null;
        return Guard(_csv.Read);
    }

    /// <summary>The names of columns for a message. It shows not all of a thousand, and masks card numbers, which the
    /// first line of a file without a header may hold.</summary>
    public static string Shown(IReadOnlyCollection<string> columns)
    {
        const int MaxColumns = 30, MaxNameLength = 40;
        var shown = columns.Take(MaxColumns).Select(CardNumbers.Mask)
            .Select(name => name.Length <= MaxNameLength ? name : string.Concat(name.AsSpan(0, MaxNameLength), "…"));
        return string.Join(", ", shown) + (columns.Count > MaxColumns ? $" and {columns.Count - MaxColumns} more" : "");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _csv.Dispose();
        _file.Dispose();
    }

    private static string Describe(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.StrayQuote => "quotes around a whole cell only, those inside it doubled",
        CsvMalformedReason.TextAfterClosingQuote => "a delimiter after a closing quote, quotes inside a cell doubled",
        _ => "a closing quote for every opening one",
    };

    private static string Shown(char delimiter) => delimiter == '\t' ? "tab" : $"'{delimiter}'";

    private string[] ReadHeader()
    {
        Guard(() =>
        {
            _csv.ReadHeader();
            return true;
        });
        string[] header = [.. _csv.Headers.Select(name => name.Trim(' '))];
        if (header.Length == 0)
        {
            throw new DatasetException($"Data file '{_path}' is empty; its first line must be a header.");
        }

        if (_malformed is { } malformed)
        {
            throw new DatasetException(
                $"Data file '{_path}', line {malformed.LineNumber}: the header is damaged; allowed: {Describe(malformed.Reason)}.");
        }

        return header;
    }

    private bool Guard(Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException e) when (e.Message.Contains(nameof(CsvReaderOptions.MaxRecordSize), StringComparison.Ordinal))
        {
            throw new DatasetException(
                $"Data file '{_path}', line {e.LineNumber}: the line is longer than {_maxLineLength:N0} bytes; allowed: shorter lines. A quote that is never closed looks like this too.", e);
        }
        catch (Exception e) when (DataFile.IsDamage(e) || e is CsvFormatException)
        {
            throw new DatasetException($"Data file '{_path}' is damaged or cut short after line {_csv.LineNumber}: {e.Message}", e);
        }
    }
}

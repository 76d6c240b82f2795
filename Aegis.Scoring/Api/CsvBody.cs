using Aegis.Core.Transactions;
using CsvHelper;

namespace Aegis.Scoring.Api;

/// <summary>A body of CSV (RFC 4180, UTF-8) with a header, line by line.</summary>
/// <remarks>A cell that a spreadsheet would take for a formula is written with an apostrophe before it (<see cref="Safe"/>), which
/// reading takes away.</remarks>
internal sealed class CsvBody : IDisposable
{
    private const int MaxLineBytes = 16_384;
    private const string Formulas = "=+-@\t\r";

    private readonly CsvReader _csv;
    private readonly string[] _header = [];
    private bool _isMalformed;
    private bool _isOver;

    /// <param name="file">The body.</param>
    /// <param name="columns">The columns that it may have; the first it must have.</param>
    public CsvBody(Stream file, params string[] columns)
    {
        _csv = CsvReader.Create(file, new CsvReaderOptions
        {
            TrackLineNumbers = true, MaxRecordSize = MaxLineBytes, IncludeValuesInExceptions = false,
            OnMalformedRecord = _ => _isMalformed = true,
        });
        try
        {
            _csv.ReadHeader();
            _header = [.. _csv.Headers.Select(name => name.Trim())];
            var known = new HashSet<string>(columns, StringComparer.OrdinalIgnoreCase);
            if (!_header.Contains(columns[0], StringComparer.OrdinalIgnoreCase) || !_header.All(known.Remove))
            {
                HeaderFault = TransactionFault.Of(
                    "header", CardNumbers.Mask(string.Join(", ", _header)),
                    $"{columns[0]}, and as wished {string.Join(", ", columns[1..])}, each once");
            }
        }
        catch (CsvFormatException)
        {
            HeaderFault = NoLine(1);
        }
    }

    /// <summary>What is wrong with the header; null if nothing is. Then nothing can be read.</summary>
    public TransactionFault? HeaderFault { get; }

    /// <summary>The current line; the header is line 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>What is wrong with the current line as a line of CSV; null if nothing is.</summary>
    public TransactionFault? Fault { get; private set; }

    /// <summary>The current line's cell of a column; null if it is empty, or if there is no such column.</summary>
    public string? this[string column] =>
        Array.FindIndex(_header, name => name.Equals(column, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at
            && _csv.GetString(at).Trim() is { Length: > 0 } text ? Plain(text) : null;

    /// <summary>A text as a cell that no spreadsheet takes for a formula.</summary>
    public static string Safe(string text) => IsFormula(text) || IsSafe(text) ? $"'{text}" : text;

    /// <summary>Goes to the next line; false at the end, and after a line that hides where the next one begins.</summary>
    public bool Advance()
    {
        if (_isOver)
        {
            return false;
        }

        (_isMalformed, Fault) = (false, null);
        try
        {
            if (!_csv.Read())
            {
                return false;
            }

            Line = _csv.LineNumber;
            if (_isMalformed || _csv.FieldCount != _header.Length)
            {
                Fault = TransactionFault.Of($"line {Line}", $"{_csv.FieldCount} cells", $"{_header.Length} cells, quotes closed");
            }
        }
        catch (CsvFormatException e)
        {
            (_isOver, Line, Fault) = (true, e.LineNumber, NoLine(e.LineNumber));
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _csv.Dispose();

    private static TransactionFault NoLine(long line) => TransactionFault.Of(
        $"line {line}", "no line of CSV", $"at most {MaxLineBytes:N0} bytes of UTF-8, every opening quote closed");

    private static string Plain(string text) => IsSafe(text) ? text[1..] : text;

    private static bool IsFormula(string text) => text.Length > 0 && Formulas.Contains(text[0], StringComparison.Ordinal);

    /// <summary>True for a text that <see cref="Safe"/> may have written: apostrophes, then a formula.</summary>
    private static bool IsSafe(string text) => text.StartsWith('\'') && IsFormula(text.TrimStart('\''));
}

using System.Globalization;
using System.IO.Pipelines;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Scoring.Storage;
using CsvHelper;

namespace Aegis.Scoring.Api;

/// <summary>Entries of lists as CSV (RFC 4180, UTF-8): the columns value, and as wished reason and until.</summary>
/// <remarks>A cell that a spreadsheet would take for a formula gets an apostrophe before it, which the import takes away.</remarks>
internal static class ListCsv
{
    private const int LinesPerFlush = 1_000;
    private const int MaxLineBytes = 16_384;
    private const string Formulas = "=+-@\t\r";

    private static readonly string[] Columns = ["value", "reason", "by", "since", "until"];

    /// <summary>Writes entries.</summary>
    public static async Task WriteAsync(IEnumerable<ListEntryReport> entries, PipeWriter body, CancellationToken cancel)
    {
        await using var stream = body.AsStream(leaveOpen: true);
        using var csv = CsvWriter.Create(stream);
        csv.WriteRecord(Columns);
        var count = 0;
        foreach (var entry in entries)
        {
            var until = entry.Until is { } end ? Written(end) : "";
            csv.WriteRecord([Safe(entry.Value), Safe(entry.Reason), Safe(entry.By), Written(entry.Since), until]);
            if (++count % LinesPerFlush == 0)
            {
                csv.Flush();
                await body.FlushAsync(cancel);
            }
        }
    }

    /// <summary>Reads entries; faults name the line.</summary>
    public static IReadOnlyList<NewEntry> Read(Stream file, ListSubject of, ListIntake intake, List<TransactionFault> faults)
    {
        var entries = new List<NewEntry>();
        CsvMalformedRecord? malformed = null;
        try
        {
            using var csv = CsvReader.Create(file, new CsvReaderOptions
            {
                TrackLineNumbers = true, MaxRecordSize = MaxLineBytes, IncludeValuesInExceptions = false,
                OnMalformedRecord = record => malformed ??= record,
            });
            csv.ReadHeader();
            string[] header = [.. csv.Headers.Select(name => name.Trim().ToLowerInvariant())];
            CheckHeader(header, faults);
            while (faults.Count < BodyRules.MaxFaultyItems && header.Contains(Columns[0]) && csv.Read())
            {
                var prefix = $"line {csv.LineNumber}: ";
                if (malformed is not null || csv.FieldCount != header.Length)
                {
                    faults.Add(TransactionFault.Of(
                        $"line {csv.LineNumber}", $"{csv.FieldCount} cells", $"{header.Length} cells, quotes closed"));
                    malformed = null;
                    continue;
                }

                var (value, reason, until) = (Cell(csv, header, "value"), Cell(csv, header, "reason"), Cell(csv, header, "until"));
                if (intake.Entry(of, value, reason, until, prefix, faults) is { } entry)
                {
                    entries.Add(entry);
                }

                if (entries.Count > ListIntake.MaxAtOnce)
                {
                    faults.Add(TransactionFault.Of("body", "more lines", $"1 to {ListIntake.MaxAtOnce} lines"));
                    break;
                }
            }
        }
        catch (CsvFormatException e)
        {
            faults.Add(TransactionFault.Of(
                $"line {e.LineNumber}", "no line of CSV", $"at most {MaxLineBytes:N0} bytes of UTF-8, every opening quote closed"));
        }

        if (faults.Count == 0 && entries.Count == 0)
        {
            faults.Add(TransactionFault.Of("body", "no entry", $"a header and 1 to {ListIntake.MaxAtOnce} lines"));
        }

        return entries;
    }

    private static string? Cell(CsvReader csv, string[] header, string name) =>
        Array.IndexOf(header, name) is >= 0 and var at && csv.GetString(at).Trim() is { Length: > 0 } text ? Plain(text) : null;

    private static void CheckHeader(string[] header, List<TransactionFault> faults)
    {
        if (!header.Contains(Columns[0]) || header.Except(Columns).Any() || header.Distinct().Count() < header.Length)
        {
            faults.Add(TransactionFault.Of(
                "header", CardNumbers.Mask(string.Join(", ", header)),
                $"value, and as wished {string.Join(", ", Columns[1..])}, each once"));
        }
    }

    private static string Safe(string text) => IsFormula(text) || IsSafe(text) ? $"'{text}" : text;

    private static string Plain(string text) => IsSafe(text) ? text[1..] : text;

    private static bool IsFormula(string text) => text.Length > 0 && Formulas.Contains(text[0], StringComparison.Ordinal);

    /// <summary>True for a text that <see cref="Safe"/> may have written: apostrophes, then a formula.</summary>
    private static bool IsSafe(string text) => text.StartsWith('\'') && IsFormula(text.TrimStart('\''));

    private static string Written(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}

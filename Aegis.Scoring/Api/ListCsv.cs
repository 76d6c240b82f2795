using System.Globalization;
using System.IO.Pipelines;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Scoring.Storage;
using CsvHelper;

namespace Aegis.Scoring.Api;

/// <summary>Entries of lists as CSV: the column value, and as wished reason and until. by and since are written and passed
/// over.</summary>
internal static class ListCsv
{
    private const int LinesPerFlush = 1_000;

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
            csv.WriteRecord([
                CsvBody.Safe(entry.Value), CsvBody.Safe(entry.Reason), CsvBody.Safe(entry.By), Written(entry.Since), until]);
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
        using var csv = new CsvBody(file, Columns);
        if (csv.HeaderFault is { } wrong)
        {
            faults.Add(wrong);
            return entries;
        }

        while (faults.Count < BodyRules.MaxFaultyItems && entries.Count <= ListIntake.MaxAtOnce && csv.Advance())
        {
            if (csv.Fault is { } fault)
            {
                faults.Add(fault);
            }
            else if (intake.Entry(of, csv["value"], csv["reason"], csv["until"], $"line {csv.Line}: ", faults) is { } entry)
            {
                entries.Add(entry);
            }
        }

        if (faults.Count == 0 && entries.Count is not (>= 1 and <= ListIntake.MaxAtOnce))
        {
            faults.Add(TransactionFault.Of(
                "body", entries.Count == 0 ? "no entry" : "more lines", $"a header and 1 to {ListIntake.MaxAtOnce} lines"));
        }

        return entries;
    }

    private static string Written(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}

using Aegis.Core.Ingestions;
using Aegis.Core.Numerics;
using Aegis.Datasets.Files;
using Aegis.Streams.Ingestions;

namespace Aegis.Producer;

/// <summary>Counts the lines of a replayed file. At the end it prints them as a table and hands them over to scoring.</summary>
internal sealed class ReplayIngestion(string path, IngestionReports reports, TimeProvider time)
{
    private readonly IngestionTally _tally = new("csv", System.IO.Path.GetFileName(path), time.GetUtcNow());

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>Counts a line.</summary>
    public void Count(CsvLine line)
    {
        if (line.Transaction is { } transaction)
        {
            _tally.Accept(StableHash.Hash64(transaction.Id));
        }
        else
        {
            _tally.Refuse(line.Line, line.Faults.Select(fault => fault.ToString()));
        }
    }

    /// <summary>Runs a replay and ends the ingestion with it, also if a line ends the replay.</summary>
    public async Task RunAsync(Func<Task> replay, CancellationToken cancel)
    {
        try
        {
            await replay();
        }
        catch (Exception e) when (e is DatasetException or OperationCanceledException)
        {
            await EndAsync(cancel);
            throw;
        }

        await EndAsync(cancel);
    }

    private async Task EndAsync(CancellationToken cancel)
    {
        var run = _tally.ToRun(time.GetUtcNow());
        foreach (var line in IngestionTable.Lines(run))
        {
            Console.WriteLine(line);
        }

        // A run that is broken off is printed only: Redis may be on its way down too.
        if (run.Received > 0 && !cancel.IsCancellationRequested)
        {
            await reports.AddAsync(run, cancel);
        }
    }
}

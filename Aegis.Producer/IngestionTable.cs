using Aegis.Core.Ingestions;

namespace Aegis.Producer;

/// <summary>Lays a run of ingestion out as a table.</summary>
internal static class IngestionTable
{
    private const int MaxFaults = 20;

    /// <summary>The lines of the table: counts, and the first faults by line.</summary>
    public static IReadOnlyList<string> Lines(IngestionRun run)
    {
        var faults = run.Faults ?? [];
        var more = Math.Max(0, faults.Count - MaxFaults) + run.FaultsLeftOut;
        return
        [
            $"Ingestion of {run.File}",
            $"  received    {run.Received,12:N0}",
            $"  accepted    {run.Accepted,12:N0}",
            $"  refused     {run.Refused,12:N0}",
            $"  duplicates  {run.Duplicates,12:N0}",
            .. faults.Take(MaxFaults).Select(fault => $"  line {fault.Line}: {fault.Text}"),
            .. more > 0 ? [$"  and {more:N0} more faults; GET /ingestions/{run.Id} has the first {IngestionTally.MaxFaults}"] : Array.Empty<string>(),
        ];
    }
}

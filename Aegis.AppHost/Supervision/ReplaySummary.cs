using Aspire.Hosting.ApplicationModel;

namespace Aegis.AppHost.Supervision;

/// <summary>Prints the table that ends a replay: the producer writes it last.</summary>
internal sealed class ReplaySummary(ResourceTail tail, TimeProvider time)
{
    /// <summary>How the table's first line begins.</summary>
    private const string Beginning = "Ingestion of ";

    private const int TailLines = 100;
    private static readonly TimeSpan LogDelay = TimeSpan.FromSeconds(1);

    /// <summary>Prints the table of a resource that has ended, if it wrote one.</summary>
    public async Task PrintAsync(string resource, CancellationToken stopping)
    {
        try
        {
            // The last lines arrive a moment after the end.
            await Task.Delay(LogDelay, time, stopping);
        }
        catch (OperationCanceledException)
        {
            // The run ends; what has arrived is printed.
        }

        foreach (var line in Table(tail.Of(resource, TailLines)))
        {
            Console.WriteLine($"  {line}");
        }
    }

    /// <summary>The last table among lines: from its first line on. Empty if there is none.</summary>
    internal static IEnumerable<string> Table(IReadOnlyList<string> lines)
    {
        var first = lines.Count - 1;
        while (first >= 0 && !lines[first].StartsWith(Beginning, StringComparison.Ordinal))
        {
            first--;
        }

        return first < 0 ? [] : lines.Skip(first).TakeWhile((line, index) => index == 0 || line.StartsWith("  ", StringComparison.Ordinal));
    }
}

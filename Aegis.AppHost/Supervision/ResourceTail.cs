using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;

namespace Aegis.AppHost.Supervision;

/// <summary>The last lines that each resource wrote, which say why it ended. Collects them as they come, since Aspire
/// forgets them with the process.</summary>
internal sealed class ResourceTail(ResourceLoggerService logs, DistributedApplicationModel model)
{
    private const int MaxLines = 200;
    private const int PrintedLines = 8;

    private readonly ConcurrentDictionary<string, Queue<string>> _lines = new();

    /// <summary>Starts collecting.</summary>
    public void Watch(CancellationToken stopping)
    {
        foreach (var resource in model.Resources.Where(resource => resource is ProjectResource or RedisServerResource))
        {
            _ = GatherAsync(resource, stopping);
        }
    }

    /// <summary>Prints the last few lines of a resource on the console.</summary>
    public void Print(string resource)
    {
        foreach (var line in Of(resource, PrintedLines))
        {
            Console.WriteLine($"    {line}");
        }
    }

    /// <summary>The last lines of a resource, oldest first.</summary>
    public IReadOnlyList<string> Of(string resource, int count)
    {
        if (!_lines.TryGetValue(resource, out var lines))
        {
            return [];
        }

        lock (lines)
        {
            return [.. lines.TakeLast(count)];
        }
    }

    private async Task GatherAsync(IResource resource, CancellationToken stopping)
    {
        var lines = _lines.GetOrAdd(resource.Name, _ => new Queue<string>());
        try
        {
            await foreach (var batch in logs.WatchAsync(resource).WithCancellation(stopping))
            {
                lock (lines)
                {
                    foreach (var line in batch)
                    {
                        lines.Enqueue(WithoutStamp(line.Content));
                        if (lines.Count > MaxLines)
                        {
                            lines.Dequeue();
                        }
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run ends.
        }
    }

    // 2026-11-27T10:15:30.1234567Z the line
    private static string WithoutStamp(string line) =>
        line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank && DateTimeOffset.TryParse(line.AsSpan(0, blank), out _)
            ? line[(blank + 1)..]
            : line;
}

namespace Aspire.Hosting.Processes;

/// <summary>Writes lines with the name of the resource before them, one colour a resource on a terminal.</summary>
internal sealed class ResourceLog(bool isQuiet)
{
    private static readonly string[] Colours = ["36", "33", "35", "32", "34", "31"];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _colours = [];
    private readonly Queue<string> _recent = new();

    /// <summary>The last lines, for a test that has failed.</summary>
    public string Recent
    {
        get
        {
            lock (_lock)
            {
                return string.Join('\n', _recent);
            }
        }
    }

    public void Write(string resource, string line)
    {
        lock (_lock)
        {
            _recent.Enqueue($"[{resource}] {line}");
            if (_recent.Count > 300)
            {
                _recent.Dequeue();
            }

            if (!isQuiet)
            {
                Console.WriteLine(Console.IsOutputRedirected ? $"[{resource}] {line}" : $"\u001b[{ColourOf(resource)}m[{resource}]\u001b[0m {line}");
            }
        }
    }

    private string ColourOf(string resource)
    {
        if (!_colours.TryGetValue(resource, out var colour))
        {
            _colours[resource] = colour = Colours[_colours.Count % Colours.Length];
        }

        return colour;
    }
}

using Aegis.Datasets.Files;

namespace Aegis.Training.Sources;

/// <summary>Remembers the lines of a file that were left out, to report them at the end.</summary>
internal sealed class SkippedLines
{
    private long _last;
    private CsvLine? _first;

    /// <summary>The number of lines left out.</summary>
    public long Count { get; private set; }

    /// <summary>Counts a line, unless an earlier pass over the file has counted it.</summary>
    public void Add(CsvLine row)
    {
        if (row.Line <= _last)
        {
            return;
        }

        _last = row.Line;
        _first ??= row;
        Count++;
    }

    /// <summary>The number of lines, and the first of them with its faults.</summary>
    public override string ToString() => _first is null
        ? "No line was skipped."
        : $"Skipped {Count:N0} bad lines, the first of them line {_first.Line}: {string.Join("; ", _first.Faults)}.";
}

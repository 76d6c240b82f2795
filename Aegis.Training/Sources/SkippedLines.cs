using Aegis.Datasets.Files;

namespace Aegis.Training.Sources;

/// <summary>Remembers what was left out of a file, to say so at the end.</summary>
internal sealed class SkippedLines
{
    private long _last;
    private CsvLine? _first;

    /// <summary>How many lines were left out.</summary>
    public long Count { get; private set; }

    /// <summary>Counts a line; one that another pass over the file left out before is not counted again.</summary>
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

    /// <summary>How many there were, and the first of them with what is wrong with it.</summary>
    public override string ToString() => _first is null
        ? "No line was skipped."
        : $"Skipped {Count:N0} bad lines, the first of them line {_first.Line}: {string.Join("; ", _first.Faults)}.";
}

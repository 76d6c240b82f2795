using Aegis.Training.Evaluating;

namespace Aegis.Training.Tables;

/// <summary>Which table is benchmarked, and how.</summary>
/// <param name="CsvPath">A CSV file of numbers, gzip or not, with a header.</param>
/// <param name="Models">The detectors to judge, in the order of the report.</param>
internal sealed record BenchmarkOptions(string CsvPath, IReadOnlyList<Detector> Models)
{
    /// <summary>The column of labels, 1 anomalous and 0 not; null for the last one.</summary>
    public string? Label { get; init; }

    /// <summary>Columns that are left out.</summary>
    public IReadOnlyCollection<string> Drop { get; init; } = [];

    /// <summary>Which rows are fitted on and which are judged.</summary>
    public TableSplit Split { get; init; }

    /// <summary>Seeds to fit with, 1 to 100.</summary>
    public int Seeds { get; init; } = 5;

    /// <summary>Trees of the forest, 1 to 10,000.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>Rows that a tree is grown on, 2 to 32,768.</summary>
    public int Subsample { get; init; } = 256;

    /// <summary>Columns that a split of the forest weighs together, 1 to 64.</summary>
    public int ColumnsPerSplit { get; init; } = 1;
}

using Aegis.Training.Evaluating;

namespace Aegis.Training.Tables;

/// <summary>The table to benchmark, and how.</summary>
/// <param name="CsvPath">A CSV file of numbers, packed or not, with a header.</param>
/// <param name="Models">The detectors to judge, in the order of the report.</param>
internal sealed record BenchmarkOptions(string CsvPath, IReadOnlyList<Detector> Models)
{
    /// <summary>The column of labels, 1 for anomalous and 0 for ordinary; null for the last column.</summary>
    public string? Label { get; init; }

    /// <summary>The columns to leave out.</summary>
    public IReadOnlyCollection<string> Drop { get; init; } = [];

    /// <summary>The columns that detectors read, whatever is found about them.</summary>
    public IReadOnlyCollection<string> Keep { get; init; } = [];

    /// <summary>The rows to fit on and the rows to judge.</summary>
    public TableSplit Split { get; init; }

    /// <summary>The number of seeds to fit with, 1 to 100.</summary>
    public int Seeds { get; init; } = 5;

    /// <summary>The number of trees of the forest, 1 to 10,000.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>The number of rows that a tree is grown on, 2 to 32,768.</summary>
    public int Subsample { get; init; } = 256;

    /// <summary>Columns that a split of the forest weighs together, 1 to 64.</summary>
    public int ColumnsPerSplit { get; init; } = 1;
}

using Aegis.MachineLearning.Tables;

namespace Aegis.Training.Tables;

/// <summary>The results of a benchmark. The published tables are made from its JSON, so property names and their order stay.</summary>
internal sealed record BenchmarkReport
{
    /// <summary>The table's file name, without its folder.</summary>
    public required string File { get; init; }

    /// <summary>The number of rows of the table.</summary>
    public required int Rows { get; init; }

    /// <summary>The number of columns that models read.</summary>
    public required int Columns { get; init; }

    /// <summary>The number of rows labelled 1.</summary>
    public required int Anomalies { get; init; }

    /// <summary>The number of empty cells, which count as their column's median.</summary>
    public required int Missing { get; init; }

    /// <summary><c>none</c>, or <c>time:0.7</c> if models were fitted on the first 70 % of the rows.</summary>
    public required string Split { get; init; }

    /// <summary>The number of rows fitted on.</summary>
    public required int FitRows { get; init; }

    /// <summary>The number of rows judged.</summary>
    public required int JudgedRows { get; init; }

    /// <summary>The number of judged rows labelled 1.</summary>
    public required int JudgedAnomalies { get; init; }

    /// <summary>The number of seeds fitted with.</summary>
    public required int Seeds { get; init; }

    /// <summary>The number of trees of the forest.</summary>
    public required int Trees { get; init; }

    /// <summary>The number of rows that a tree was grown on.</summary>
    public required int Subsample { get; init; }

    /// <summary>The number of columns that a split of the forest weighed together.</summary>
    public required int ColumnsPerSplit { get; init; }

    /// <summary>The machine that it ran on.</summary>
    public required Machine Machine { get; init; }

    /// <summary>The detectors' figures.</summary>
    public required IReadOnlyList<TableResult> Models { get; init; }

    /// <summary>The columns that were left out or stand out, each with a note.</summary>
    public required IReadOnlyList<JudgedColumn> ColumnNotes { get; init; }
}

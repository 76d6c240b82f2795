namespace Aegis.Training.Tables;

/// <summary>What a benchmark found. As JSON it is what the published tables are made from: property names and their order stay.</summary>
internal sealed record BenchmarkReport
{
    /// <summary>The table's file name, without its folder.</summary>
    public required string File { get; init; }

    /// <summary>Rows of the table.</summary>
    public required int Rows { get; init; }

    /// <summary>Columns that models read.</summary>
    public required int Columns { get; init; }

    /// <summary>Rows labelled 1.</summary>
    public required int Anomalies { get; init; }

    /// <summary><c>none</c>, or <c>time:0.7</c> where models were fitted on the first 70 % of the rows.</summary>
    public required string Split { get; init; }

    /// <summary>Rows fitted on.</summary>
    public required int FitRows { get; init; }

    /// <summary>Rows judged.</summary>
    public required int JudgedRows { get; init; }

    /// <summary>Rows labelled 1 among those judged.</summary>
    public required int JudgedAnomalies { get; init; }

    /// <summary>Seeds fitted with.</summary>
    public required int Seeds { get; init; }

    /// <summary>Trees of the forest.</summary>
    public required int Trees { get; init; }

    /// <summary>Rows that a tree was grown on.</summary>
    public required int Subsample { get; init; }

    /// <summary>Columns that a split of the forest weighed together.</summary>
    public required int ColumnsPerSplit { get; init; }

    /// <summary>Where it ran.</summary>
    public required Machine Machine { get; init; }

    /// <summary>The detectors' figures.</summary>
    public required IReadOnlyList<TableResult> Models { get; init; }
}

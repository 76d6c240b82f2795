using System.Text.Json.Serialization;
using Aegis.TestRig;

namespace Aegis.Benchmarks.Forests;

/// <summary>Figures of <c>bench forest</c>: medians, one thread each, all of one run. Those of scikit-learn are null if
/// it is not installed.</summary>
internal sealed record ForestResult
{
    /// <summary>Rows a second scored in batches.</summary>
    public required double RowsPerSecond { get; init; }

    /// <summary>Microseconds of a call that scores one row.</summary>
    public required double SingleRowUs { get; init; }

    /// <summary>Bytes that such a call allocates.</summary>
    public required double SingleRowBytes { get; init; }

    /// <summary>Batch rate divided by scikit-learn's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? RatioToSklearn { get; init; }

    /// <summary>Batch rate divided by that of the same trees as objects.</summary>
    public required double RatioToPointerForest { get; init; }

    /// <summary>Seconds of a fit on one thread.</summary>
    public required double FitSeconds { get; init; }

    /// <summary>Seconds of a fit divided by scikit-learn's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? FitRatioToSklearn { get; init; }

    /// <summary>Seconds of a fit on all cores.</summary>
    public required double FitSecondsAllCores { get; init; }

    /// <summary>Batch rate on trees in which every walk takes 8 steps.</summary>
    public required double PerfectTreesRowsPerSecond { get; init; }

    /// <summary>Rows a second of the same trees as objects.</summary>
    public required double PointerForestRowsPerSecond { get; init; }

    /// <summary>scikit-learn's batch rate.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? SklearnRowsPerSecond { get; init; }

    /// <summary>Microseconds of scikit-learn's call with one row.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? SklearnSingleRowUs { get; init; }

    /// <summary>Seconds of scikit-learn's fit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? SklearnFitSeconds { get; init; }

    /// <summary>scikit-learn's version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? SklearnVersion { get; init; }

    /// <summary>The machine that ran the benchmark.</summary>
    public required Machine Machine { get; init; }
}

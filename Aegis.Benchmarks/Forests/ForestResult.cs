using System.Text.Json.Serialization;
using Aegis.TestRig;

namespace Aegis.Benchmarks.Forests;

/// <summary>Figures of <c>bench forest</c>: medians, one thread each, all of one run. Those of scikit-learn are null where it is not
/// installed.</summary>
internal sealed record ForestResult
{
    /// <summary>Rows scored in batches.</summary>
    public required double RowsPerSecond { get; init; }

    /// <summary>A call that scores one row.</summary>
    public required double SingleRowUs { get; init; }

    /// <summary>What such a call allocates.</summary>
    public required double SingleRowBytes { get; init; }

    /// <summary>Batch rate over scikit-learn's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? RatioToSklearn { get; init; }

    /// <summary>Batch rate over that of the same trees as objects.</summary>
    public required double RatioToPointerForest { get; init; }

    /// <summary>A fit on one thread.</summary>
    public required double FitSeconds { get; init; }

    /// <summary>That time over scikit-learn's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? FitRatioToSklearn { get; init; }

    /// <summary>A fit on all cores.</summary>
    public required double FitSecondsAllCores { get; init; }

    /// <summary>Batch rate on trees in which every walk takes 8 steps.</summary>
    public required double PerfectTreesRowsPerSecond { get; init; }

    /// <summary>Rate of the same trees as objects.</summary>
    public required double PointerForestRowsPerSecond { get; init; }

    /// <summary>scikit-learn's batch rate.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? SklearnRowsPerSecond { get; init; }

    /// <summary>scikit-learn's call with one row.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? SklearnSingleRowUs { get; init; }

    /// <summary>scikit-learn's fit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? SklearnFitSeconds { get; init; }

    /// <summary>scikit-learn's version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? SklearnVersion { get; init; }

    /// <summary>What it was measured on.</summary>
    public required Machine Machine { get; init; }
}

namespace Aegis.MachineLearning.TailSums;

/// <summary>The options for fitting a tail sum.</summary>
public sealed record TailSumOptions
{
    /// <summary>For each column, true if only high values are suspicious; null if no column is such.</summary>
    public IReadOnlyList<bool>? Directed { get; init; }
}

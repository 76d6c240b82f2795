namespace Aegis.MachineLearning.TailSums;

/// <summary>How a tail sum is fitted.</summary>
public sealed record TailSumOptions
{
    /// <summary>Per column, true where only high values are suspicious; none is where null.</summary>
    public IReadOnlyList<bool>? Directed { get; init; }
}

namespace Aegis.MachineLearning.Forests;

/// <summary>The options for growing an isolation forest.</summary>
public sealed record IsolationForestOptions
{
    /// <summary>The number of trees, 1 to 10,000.</summary>
    public int Trees { get; init; } = 300;

    /// <summary>Subsample sizes ψ, 2 to 32,768, dealt to the trees in turn. Bursts of fraud need 256, sparse fraud 1,024.</summary>
    public IReadOnlyList<int> SubsampleSizes { get; init; } = [256, 1024];

    /// <summary>The share of the columns that one tree may split on, above 0 to 1, at least one column. Each tree draws
    /// its own columns.</summary>
    public double ColumnShare { get; init; } = 1;

    /// <summary>The largest number of columns that one split weighs together.</summary>
    public const int MaxColumnsPerSplit = 64;

    /// <summary>
    /// The number of columns that one split weighs together, 1 to 64. From 2 on the forest is extended (Hariri,
    /// Carrasco Kind, Brunner 2019). Its splits are hyperplanes, its contours follow the data more closely, and scoring
    /// takes several times as long.
    /// </summary>
    public int ColumnsPerSplit { get; init; } = 1;

    /// <summary>Decides subsamples and splits.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The number of threads that grow trees, 1 or more; null for as many as there are cores. The forest is
    /// the same with any.</summary>
    public int? Threads { get; init; }

    /// <exception cref="ArgumentException">An option is out of range; the message names it.</exception>
    internal void Check()
    {
        Require(Trees is >= 1 and <= 10_000, nameof(Trees), Trees, "1 to 10,000");
        Require(SubsampleSizes.Count > 0, nameof(SubsampleSizes), "empty", "one size or more");
        foreach (var size in SubsampleSizes)
        {
            Require(size is >= 2 and <= 32_768, nameof(SubsampleSizes), size, "2 to 32,768");
        }

        Require(ColumnShare is > 0 and <= 1, nameof(ColumnShare), ColumnShare, "above 0 to 1");
        Require(ColumnsPerSplit is >= 1 and <= MaxColumnsPerSplit, nameof(ColumnsPerSplit), ColumnsPerSplit, $"1 to {MaxColumnsPerSplit}");
        Require(Threads is null or >= 1, nameof(Threads), Threads ?? 0, "1 or more, or null");
    }

    private static void Require(bool holds, string option, object value, string allowed)
    {
        if (!holds)
        {
            throw new ArgumentException(FormattableString.Invariant($"{option} is '{value}'; allowed: {allowed}."), option);
        }
    }
}

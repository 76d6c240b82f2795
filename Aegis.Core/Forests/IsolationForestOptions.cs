namespace Aegis.Core.Forests;

/// <summary>How an isolation forest is grown.</summary>
public sealed record IsolationForestOptions
{
    /// <summary>The number of trees, 1 to 10,000.</summary>
    public int Trees { get; init; } = 300;

    /// <summary>Subsample sizes ψ, 2 to 32,768, dealt to the trees in turn: bursts of fraud want 256, thin fraud 1,024.</summary>
    public IReadOnlyList<int> SubsampleSizes { get; init; } = [256, 1024];

    /// <summary>Decides subsamples and splits.</summary>
    public ulong Seed { get; init; } = 1;
}

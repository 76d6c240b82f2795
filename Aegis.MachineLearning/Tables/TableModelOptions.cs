using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Forests;

namespace Aegis.MachineLearning.Tables;

/// <summary>The options for fitting detectors of a plain table. None of them may be chosen by a table's labels.</summary>
public sealed record TableModelOptions
{
    /// <summary>The forest's options, by default those of Liu, Ting, Zhou 2008. Its seed is <see cref="Seed"/>.</summary>
    public IsolationForestOptions Forest { get; init; } = new() { Trees = 100, SubsampleSizes = [256] };

    /// <summary>The autoencoder's options. Its seed is <see cref="Seed"/>, its code at most two thirds of the columns.</summary>
    public AutoencoderOptions Autoencoder { get; init; } = new();

    /// <summary>The share of rows that the autoencoder must not learn from, 0 to 0.5: those most anomalous to the
    /// forest. It is larger than for card payments, because tables hold a larger share of anomalies.</summary>
    public double AutoencoderTrim { get; init; } = 0.05;

    /// <summary>The largest number of rows that the autoencoder learns from. If there are more, it gets a sample.</summary>
    public int AutoencoderRows { get; init; } = 20_000;

    /// <summary>Decides every random draw.</summary>
    public ulong Seed { get; init; } = 1;
}

namespace Aegis.Core.Autoencoders;

/// <summary>Shape and training of an autoencoder.</summary>
public sealed record AutoencoderOptions
{
    /// <summary>Units of the layers on either side of the code.</summary>
    public int HiddenUnits { get; init; } = 24;

    /// <summary>Units of the code.</summary>
    public int CodeUnits { get; init; } = 6;

    /// <summary>The most passes over the training rows.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Rows per step.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Adam's step size.</summary>
    public float LearningRate { get; init; } = 2e-3f;

    /// <summary>Standard deviation of the noise that training rows carry and that the network has to remove.</summary>
    public float Noise { get; init; } = 0.2f;

    /// <summary>The last share of the rows, which judges when to stop.</summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>Passes without a better validation error before training stops.</summary>
    public int Patience { get; init; } = 4;

    /// <summary>Decides first weights, order and noise.</summary>
    public ulong Seed { get; init; } = 1;
}

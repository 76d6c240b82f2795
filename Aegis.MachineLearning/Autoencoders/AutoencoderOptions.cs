using System.Numerics;
using System.Runtime.CompilerServices;

namespace Aegis.MachineLearning.Autoencoders;

/// <summary>Shape and training of an autoencoder.</summary>
public sealed record AutoencoderOptions
{
    /// <summary>Units of each layer beside the code, 1 to 4,096.</summary>
    public int HiddenUnits { get; init; } = 24;

    /// <summary>Units of the code, 1 to 4,096.</summary>
    public int CodeUnits { get; init; } = 6;

    /// <summary>The activation of the hidden layers and of the code. The reconstruction is always linear.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>The smooth limit of inputs, in spreads; above 0.</summary>
    public float InputLimit { get; init; } = Autoencoder.DefaultInputLimit;

    /// <summary>The largest number of passes over the training rows, 1 to 10,000.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Rows per step, 1 to 65,536.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Adam's largest step size, above 0, at most 1. The step size reaches it after the first pass and falls
    /// to a twentieth of it by the last.</summary>
    public float LearningRate { get; init; } = 2e-3f;

    /// <summary>The standard deviation of the noise added to training rows, which the network must remove; 0 to 10.</summary>
    public float Noise { get; init; } = 0.2f;

    /// <summary>The share of rows, taken from the end, whose error decides when to stop; 0 to 0.9, at least one row.</summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>The number of passes without a better validation error before training stops, 0 or more.</summary>
    public int Patience { get; init; } = 4;

    /// <summary>The largest number of threads, 1 to 1,024. The result has the same bits with any number.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 1_024);

    /// <summary>Decides the first weights, the order and the noise.</summary>
    public ulong Seed { get; init; } = 1;

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    internal void Check()
    {
        InRange(HiddenUnits, 1, 4_096);
        InRange(CodeUnits, 1, 4_096);
        InRange(InputLimit, 1e-3f, 1e6f);
        InRange(Epochs, 1, 10_000);
        InRange(BatchSize, 1, 65_536);
        InRange(LearningRate, 1e-9f, 1);
        InRange(Noise, 0, 10);
        InRange(ValidationShare, 0, 0.9);
        InRange(Patience, 0, int.MaxValue);
        InRange(Threads, 1, 1_024);
    }

    private static void InRange<T>(T value, T least, T most, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : INumber<T>
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentException($"{name} is '{value}'; allowed: {least} to {most}.", name);
        }
    }
}

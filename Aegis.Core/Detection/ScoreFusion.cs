namespace Aegis.Core.Detection;

/// <summary>The weighted mean of the detectors' -ln p. Weights are earned by replay and never equal by default.</summary>
/// <param name="ForestWeight">Weight of the isolation forest.</param>
/// <param name="AutoencoderWeight">Weight of the autoencoder.</param>
/// <param name="TailSumWeight">Weight of the tail sum.</param>
public sealed record ScoreFusion(double ForestWeight, double AutoencoderWeight, double TailSumWeight)
{
    private readonly double _total = ForestWeight + AutoencoderWeight + TailSumWeight;

    /// <summary>The shipped weights, chosen on the validation periods of the handbook and Sparkov streams.</summary>
    public static ScoreFusion Default { get; } = new(0.85, 0.15, 0);

    /// <summary>Combines values of -ln p.</summary>
    public double Combine(double forest, double autoencoder, double tailSum) =>
        ((ForestWeight * forest) + (AutoencoderWeight * autoencoder) + (TailSumWeight * tailSum)) / _total;
}

namespace Aegis.Core.Detection;

/// <summary>The weighted mean of the detectors' -ln p. Weights are earned by replay and never equal by default.</summary>
/// <param name="ForestWeight">Weight of the isolation forest.</param>
/// <param name="AutoencoderWeight">Weight of the autoencoder.</param>
public sealed record ScoreFusion(double ForestWeight, double AutoencoderWeight)
{
    /// <summary>The shipped weights, chosen on the validation periods of the handbook and Sparkov streams.</summary>
    public static ScoreFusion Default { get; } = new(0.85, 0.15);

    /// <summary>Combines two values of -ln p.</summary>
    public double Combine(double forest, double autoencoder) =>
        ((ForestWeight * forest) + (AutoencoderWeight * autoencoder)) / (ForestWeight + AutoencoderWeight);
}

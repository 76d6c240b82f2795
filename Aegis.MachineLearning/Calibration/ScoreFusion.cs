namespace Aegis.MachineLearning.Calibration;

/// <summary>The weighted mean of the detectors' -ln p. Weights are earned by replay and never equal by default.</summary>
/// <param name="ForestWeight">Weight of the isolation forest.</param>
/// <param name="AutoencoderWeight">Weight of the autoencoder.</param>
/// <param name="TailSumWeight">Weight of the tail sum.</param>
/// <exception cref="ArgumentException">A weight is below 0, or all are 0.</exception>
public sealed record ScoreFusion(double ForestWeight, double AutoencoderWeight, double TailSumWeight)
{
    private readonly double _total = ForestWeight >= 0 && AutoencoderWeight >= 0 && TailSumWeight >= 0 && ForestWeight + AutoencoderWeight + TailSumWeight is > 0 and < double.PositiveInfinity
        ? ForestWeight + AutoencoderWeight + TailSumWeight
        : throw new ArgumentException($"The weights of forest, autoencoder and tail sum are {ForestWeight}, {AutoencoderWeight} and {TailSumWeight}; allowed: 0 or more, not all 0.");

    /// <summary>The shipped weights, chosen on the validation periods of the handbook and Sparkov streams.</summary>
    public static ScoreFusion Default { get; } = new(0.85, 0.15, 0);

    /// <summary>Combines values of -ln p.</summary>
    public double Combine(double forest, double autoencoder, double tailSum) =>
        ((ForestWeight * forest) + (AutoencoderWeight * autoencoder) + (TailSumWeight * tailSum)) / _total;
}

namespace Aegis.MachineLearning.Calibration;

/// <summary>The weighted mean of the detectors' -ln p. Replay chooses the weights; they are not equal by default.</summary>
/// <param name="ForestWeight">The weight of the isolation forest.</param>
/// <param name="AutoencoderWeight">The weight of the autoencoder.</param>
/// <param name="TailSumWeight">The weight of the tail sum.</param>
/// <param name="ExternalWeight">The weight of a model that a user added; 0 if there is none or it does not decide.</param>
/// <exception cref="ArgumentException">A weight is below 0, or the first three are all 0.</exception>
public sealed record ScoreFusion(double ForestWeight, double AutoencoderWeight, double TailSumWeight, double ExternalWeight = 0)
{
    private readonly double _total = ForestWeight >= 0 && AutoencoderWeight >= 0 && TailSumWeight >= 0 && ForestWeight + AutoencoderWeight
        + TailSumWeight > 0
        && ExternalWeight >= 0 && ForestWeight + AutoencoderWeight + TailSumWeight + ExternalWeight < double.PositiveInfinity
        ? ForestWeight + AutoencoderWeight + TailSumWeight + ExternalWeight
        : throw new ArgumentException($"The weights of forest, autoencoder, tail sum and external model are {ForestWeight}, {AutoencoderWeight}, {TailSumWeight} and {ExternalWeight}; allowed: 0 or more, the first three not all 0.");

    /// <summary>The shipped weights, chosen on the validation periods of the handbook and Sparkov streams.</summary>
    public static ScoreFusion Default { get; } = new(0.85, 0.15, 0);

    /// <summary>Combines values of -ln p.</summary>
    public double Combine(double forest, double autoencoder, double tailSum, double external = 0) =>
        ((ForestWeight * forest) + (AutoencoderWeight * autoencoder) + (TailSumWeight * tailSum) + (ExternalWeight * external)) / _total;
}

namespace Aegis.Training.Evaluating;

/// <summary>One value for each detector.</summary>
/// <param name="Forest">The value of the forest.</param>
/// <param name="Autoencoder">The value of the autoencoder.</param>
/// <param name="TailSum">The value of the tail sum.</param>
/// <param name="Fused">The value of all three together.</param>
internal sealed record PerDetector<T>(T Forest, T Autoencoder, T TailSum, T Fused)
{
    /// <summary>Asks for the value of each detector in turn.</summary>
    public static PerDetector<T> Of(Func<Detector, T> value) =>
        new(value(Detector.Forest), value(Detector.Autoencoder), value(Detector.TailSum), value(Detector.Fused));

    /// <summary>The value of one detector.</summary>
    public T this[Detector detector] => detector switch
    {
        Detector.Forest => Forest,
        Detector.Autoencoder => Autoencoder,
        Detector.TailSum => TailSum,
        _ => Fused,
    };
}

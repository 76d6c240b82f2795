using System.Globalization;
using Aegis.MachineLearning.Calibration;

namespace Aegis.MachineLearning.Bundles;

/// <summary>Fits a model's calibration anew, on recent payments; its detectors and thresholds stay as they are. One thread.</summary>
/// <remarks>
/// Thresholds are levels of -ln p, so the share of payments that is flagged comes back to what was budgeted where traffic has drifted away
/// from the training days.
/// The reference must hold what was flagged too: without it each renewal would flag a further share of what is left.
/// </remarks>
public sealed class Recalibration(FraudModel model)
{
    /// <summary>Fewer payments than this say too little of the rare ones.</summary>
    public const int MinPayments = 10_000;

    // Stands between the version of the detectors and the moment of the calibration.
    private const char Mark = '+';

    // A model in shadow has nothing to calibrate.
    private readonly FraudDetector _detector = new(model.Calibration.External is null ? model with { External = null } : model);
    private readonly List<RawScores> _reference = [];

    /// <summary>Payments taken in so far.</summary>
    public int Count => _reference.Count;

    /// <summary>The version that a bundle's detectors were trained under: that of the bundle itself where it was never calibrated
    /// anew.</summary>
    public static string DetectorsOf(string version) => version.LastIndexOf(Mark) is > 0 and var at ? version[..at] : version;

    /// <summary>Takes a reference payment in.</summary>
    /// <param name="features">Its feature vector.</param>
    public void Add(ReadOnlySpan<float> features) =>
        _reference.Add(RawScores.Of(model.Calibration.Segments, features, _detector.Assess(features)));

    /// <summary>The model with its new calibration.</summary>
    /// <param name="at">When; names the version.</param>
    /// <exception cref="InvalidOperationException">There are fewer than <see cref="MinPayments"/>.</exception>
    public FraudModel ToModel(DateTimeOffset at)
    {
        if (Count < MinPayments)
        {
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"{Count:N0} recent payments; allowed: {MinPayments:N0} or more."));
        }

        // What was measured of the old calibration is not true of the new one.
        var provenance = new Dictionary<string, string>(
            model.Provenance.Where(entry => entry.Key != "flaggedShare" && !entry.Key.StartsWith("fused.", StringComparison.Ordinal)))
        {
            ["calibratedAt"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["calibratedOn"] = string.Create(CultureInfo.InvariantCulture, $"{Count} recent payments"),
        };
        return model with
        {
            Version = $"{DetectorsOf(model.Version)}{Mark}{at.UtcDateTime:yyyyMMddHHmmss}",
            Calibration = ScoreCalibration.Fit(model.Calibration.Segments, _reference.ToArray(), model.Calibration.Fusion),
            Provenance = provenance,
        };
    }
}

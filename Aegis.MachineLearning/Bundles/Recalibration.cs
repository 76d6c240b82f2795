using System.Globalization;
using Aegis.Core.Decisions;
using Aegis.MachineLearning.Calibration;

namespace Aegis.MachineLearning.Bundles;

/// <summary>Fits a model's calibration anew, on recent payments. Its detectors stay. One thread.</summary>
/// <remarks>
/// Thresholds are levels of -ln p. So if traffic has drifted since the training days, the flagged share of payments
/// returns to the budget, and the thresholds stay too. But where payments tie at a threshold, their level of -ln p
/// moves with their number, so the thresholds are set anew by the budget. The reference must include flagged payments:
/// without them each renewal would flag a further share of the rest.
/// </remarks>
public sealed class Recalibration(FraudModel model)
{
    /// <summary>The least number of payments. Fewer say too little about rare ones.</summary>
    public const int MinPayments = 10_000;

    // Stands in a version between the detectors' version and the time of the calibration.
    private const char Mark = '+';

    // A model in shadow has no calibration.
    private readonly FraudDetector _detector = new(model.Calibration.External is null ? model with { External = null } : model);
    private readonly List<(RawScores Raw, ulong CardHash, int Day)> _reference = [];

    /// <summary>The number of payments so far.</summary>
    public int Count => _reference.Count;

    /// <summary>The version under which a bundle's detectors were trained. For a bundle never calibrated anew it is the
    /// bundle's own.</summary>
    public static string DetectorsOf(string version) => version.LastIndexOf(Mark) is > 0 and var at ? version[..at] : version;

    /// <summary>Adds a reference payment.</summary>
    /// <param name="features">The payment's feature vector.</param>
    /// <param name="cardHash">Identifies the card.</param>
    /// <param name="day">The payment's UTC calendar day, <see cref="DateOnly.DayNumber"/>.</param>
    public void Add(ReadOnlySpan<float> features, ulong cardHash, int day) =>
        _reference.Add((_detector.RawScoresOf(features), cardHash, day));

    /// <summary>The model with its new calibration.</summary>
    /// <param name="at">The time of the calibration, which becomes part of the version.</param>
    /// <exception cref="InvalidOperationException">There are fewer than <see cref="MinPayments"/> payments, or the
    /// version leaves no room for the time.</exception>
    public FraudModel ToModel(DateTimeOffset at)
    {
        if (Count < MinPayments)
        {
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"{Count:N0} recent payments; allowed: {MinPayments:N0} or more."));
        }

        var version = $"{DetectorsOf(model.Version)}{Mark}{at.UtcDateTime:yyyyMMddHHmmss}";
        if (version.Length > ModelVersion.MaxLength)
        {
            throw new InvalidOperationException(
                $"The version would be '{version}' of {version.Length} characters; allowed: {ModelVersion.MaxLength} or fewer. Train a model with a shorter version.");
        }

        // Metrics of the old calibration do not hold for the new one.
        var provenance = new Dictionary<string, string>(
            model.Provenance.Where(entry => entry.Key != "flaggedShare" && !entry.Key.StartsWith("fused.", StringComparison.Ordinal)))
        {
            ["calibratedAt"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["calibratedOn"] = string.Create(CultureInfo.InvariantCulture, $"{Count} recent payments"),
        };
        var calibration = ScoreCalibration.Fit(
            model.Calibration.Segments, [.. _reference.Select(payment => payment.Raw)], model.Calibration.Fusion);
        return model with { Version = version, Calibration = calibration, Policy = PolicyFor(calibration), Provenance = provenance };
    }

    private DecisionPolicy PolicyFor(ScoreCalibration calibration) => model.Policy.SplitsTies
        ? DecisionPolicy.FromBudget(
            [.. _reference.Select(payment => (payment.CardHash, payment.Day, calibration.Assess(payment.Raw).Risk))], model.Policy.Budget)
        : model.Policy;
}

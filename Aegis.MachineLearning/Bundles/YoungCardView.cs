using Aegis.Core.Features;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.Trainers;

namespace Aegis.MachineLearning.Bundles;

/// <summary>A view of payments of cards with fewer than five payments: merchant, amount and place, against the population
/// of such payments. A card's own norm says nothing yet, so other detectors find young cards calm.</summary>
/// <param name="Scaler">Turns features into the view's inputs.</param>
/// <param name="Forest">The forest, fitted on young cards' payments alone.</param>
/// <param name="Calibrator">Its calibrator, fitted on the same payments.</param>
public sealed record YoungCardView(FeatureScaler Scaler, IsolationForestTransformer Forest, ScoreCalibrator Calibrator)
{
    /// <summary>The number of payments from which on a card is not young.</summary>
    public const int Payments = 5;

    /// <summary>How much the view's -ln p counts beside the others', for a card's first payment.</summary>
    /// <remarks>As large as the others' level it cost Sparkov 19 %, at 0.8 it costs 8 %, and gains 40 % on a simulated world, each
    /// with cards of four payments (docs/benchmarks/decisions.md).</remarks>
    public const double Weight = 0.8;

    // Midway between the card ages ln(1 + n) of n payments and of one more.
    private static readonly float[] Ages = [.. Enumerable.Range(0, Payments).Select(n => (float)Math.Log(1.5 + n))];

    /// <summary>The features that the view reads.</summary>
    public static IReadOnlyList<Feature> Inputs { get; } =
    [
        Feature.AmountLog, Feature.AmountToCategory, Feature.CategoryAmountZ, Feature.MerchantAge, Feature.MerchantCards,
        Feature.MerchantBurst, Feature.MerchantAmountZ, Feature.MerchantNewCards, Feature.MerchantSmallAmounts, Feature.CategoryRarity,
        Feature.CountryRarity, Feature.Channel,
    ];

    /// <summary>The view's weight for a payment: <see cref="Weight"/> for a card's first, falling evenly to 0 with its
    /// sixth.</summary>
    /// <param name="features">The payment's feature vector.</param>
    public static double WeightOf(ReadOnlySpan<float> features)
    {
        var age = features[(int)Feature.CardAge];
        var payments = 0;
        while (payments < Payments && !(age < Ages[payments]))
        {
            payments++;
        }

        return Weight * (Payments - payments) / Payments;
    }

    /// <summary>The view's level of a payment: its -ln p times its weight.</summary>
    /// <param name="score">The forest's score.</param>
    /// <param name="weight">The weight, <see cref="WeightOf"/>.</param>
    public double LevelOf(double score, double weight) => weight * Calibrator.NegativeLogP(score);
}

using System.Numerics.Tensors;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
namespace Aegis.Core.Decisions;

/// <summary>Puts the strongest features of a payment into words.</summary>
public static class ReasonWriter
{
    private const int MaxReasons = 5;
    private const double MinShare = 0.04;

    // Four payments in five look less risky than this.
    private static readonly double MinRisk = -Math.Log(0.2);

    /// <summary>Up to five reasons, strongest first. Features that tell the same story give one reason. Where the amount has no rate, a
    /// reason says so, if need be as the sixth.</summary>
    /// <param name="transaction">The payment.</param>
    /// <param name="features">The payment's feature vector.</param>
    /// <param name="shares">The features' shares of the suspicion; they add up to 1.</param>
    /// <param name="norms">What the card usually paid before.</param>
    /// <param name="rates">The rates that make amounts comparable.</param>
    public static IReadOnlyList<ReasonCode> Write(
        Transaction transaction, ReadOnlySpan<float> features, ReadOnlySpan<double> shares, CardNorms norms, CurrencyRates rates) =>
        Write(transaction, features, shares, norms, rates, isApproved: false);

    /// <summary>The reasons of an approved payment: those alone that stand out from the card's own norm. None where the
    /// payment is not among the riskiest fifth.</summary>
    /// <param name="risk">The fused -ln p.</param>
    /// <param name="transaction">The payment.</param>
    /// <param name="features">The payment's feature vector.</param>
    /// <param name="shares">The features' shares of the suspicion; they add up to 1.</param>
    /// <param name="norms">What the card usually paid before.</param>
    /// <param name="rates">The rates that make amounts comparable.</param>
    public static IReadOnlyList<ReasonCode> WriteApproved(
        double risk, Transaction transaction, ReadOnlySpan<float> features, ReadOnlySpan<double> shares, CardNorms norms,
        CurrencyRates rates) => risk < MinRisk ? [] : Write(transaction, features, shares, norms, rates, isApproved: true);

    private static IReadOnlyList<ReasonCode> Write(
        Transaction transaction, ReadOnlySpan<float> features, ReadOnlySpan<double> shares, CardNorms norms, CurrencyRates rates,
        bool isApproved)
    {
        Span<double> left = stackalloc double[shares.Length];
        shares.CopyTo(left);
        var reasons = new List<ReasonCode>(MaxReasons);
        while (reasons.Count < MaxReasons)
        {
            var feature = TensorPrimitives.IndexOfMax<double>(left);
            if (left[feature] <= 0 || ((isApproved || reasons.Count > 0) && left[feature] < MinShare))
            {
                break;
            }

            left[feature] = 0;
            var story = ReasonStory.Of((Feature)feature, transaction, features, norms, rates);
            if (!isApproved || Salience.StandsOut(story, (Feature)feature, features, norms))
            {
                Add(story, feature, features[feature], shares[feature], reasons);
            }
        }

        if (NoRateStory.Applies(transaction, rates))
        {
            // What was not compared is said even where the rest tells the story.
            Add(NoRateStory.Of(transaction), (int)Feature.AmountLog, features[(int)Feature.AmountLog], share: 0, reasons);
        }

        return [.. reasons.OrderByDescending(reason => reason.Share)];
    }

    private static void Add(ReasonStory story, int feature, float value, double share, List<ReasonCode> reasons)
    {
        for (var i = 0; i < reasons.Count; i++)
        {
            if (reasons[i].Code == story.Code)
            {
                reasons[i] = reasons[i] with { Share = reasons[i].Share + share };
                return;
            }
        }

        reasons.Add(new ReasonCode(story.Code, FeatureSchema.All[feature].Name, value, share, story.Text, story.Compared));
    }
}

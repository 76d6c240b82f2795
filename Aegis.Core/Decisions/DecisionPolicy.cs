using Aegis.Core.Numerics;

namespace Aegis.Core.Decisions;

/// <summary>Turns risk into an outcome by two thresholds on the fused -ln p.</summary>
/// <remarks>
/// Many payments may have exactly the risk of a threshold, for example where few amounts occur. Then a hash of each
/// transaction's id decides which of them are flagged: the same ones whenever the log is read again.
/// </remarks>
/// <param name="ReviewAt">The risk from which a payment is flagged.</param>
/// <param name="DeclineAt">The risk from which a payment is declined; at least <paramref name="ReviewAt"/>.</param>
/// <param name="Budget">The budget that the thresholds keep on the training window.</param>
public sealed record DecisionPolicy(double ReviewAt, double DeclineAt, AlertBudget Budget)
{
    /// <summary>The share of the payments exactly at <see cref="ReviewAt"/> that are flagged, 0 to 1.</summary>
    public double ReviewTies { get; init; } = 1;

    /// <summary>Payments whose risk is less than this above <see cref="ReviewAt"/> count as exactly at it; usually 0.</summary>
    public double ReviewWidth { get; init; }

    /// <summary>True if <see cref="ReviewAt"/> follows a daily budget.</summary>
    public bool FollowsBudget { get; init; }

    /// <summary>The risk from which as many payments would be flagged if none were split.</summary>
    public double MeanReviewAt => ReviewAt + (ReviewWidth * (1 - ReviewTies));

    /// <summary>The share of the payments exactly at <see cref="DeclineAt"/> that are declined, 0 to 1.</summary>
    public double DeclineTies { get; init; } = 1;

    /// <summary>True if the policy flags or declines only some of the payments that are exactly at a threshold.</summary>
    public bool SplitsTies => !(ReviewTies == 1 && DeclineTies == 1);

    /// <summary>The outcome of a risk.</summary>
    /// <param name="risk">The fused -ln p.</param>
    /// <param name="idHash">The <see cref="StableHash"/> of the transaction's id. It counts only exactly at a threshold.</param>
    public DecisionOutcome Decide(double risk, ulong idHash) =>
        Reaches(risk, DeclineAt, width: 0, DeclineTies, idHash) ? DecisionOutcome.Decline
        : Reaches(risk, ReviewAt, ReviewWidth, ReviewTies, idHash) ? DecisionOutcome.Review : DecisionOutcome.Approve;

    /// <summary>Sets the thresholds so that, on average, the budgeted number of cards a day reaches them.</summary>
    /// <param name="scored">Card, day and risk of every payment of the training window.</param>
    /// <param name="budget">The budget.</param>
    /// <exception cref="ArgumentException">There are no payments, or the budget is out of range.</exception>
    public static DecisionPolicy FromBudget<TCard>(IReadOnlyCollection<(TCard Card, int Day, double Risk)> scored, AlertBudget budget)
        where TCard : notnull
    {
        ArgumentNullException.ThrowIfNull(budget);
        if (scored.Count == 0)
        {
            throw new ArgumentException("0 payments; allowed: 1 or more.", nameof(scored));
        }

        if (budget.CardsPerTenThousand is not (> 0 and <= 10_000) || budget.DeclineShare is not (>= 0 and <= 1))
        {
            throw new ArgumentException($"A budget of {budget.CardsPerTenThousand} cards per 10,000 and a decline share of {budget.DeclineShare}; allowed: above 0 to 10,000, and 0 to 1.", nameof(budget));
        }

        var cardDays = CardDays.Of(scored);
        var flagged = scored.Count * budget.CardsPerTenThousand / 10_000;
        var (review, reviewTies) = cardDays.ThresholdOf(flagged);
        var (decline, declineTies) = cardDays.ThresholdOf(flagged * budget.DeclineShare);
        return new DecisionPolicy(review, decline, budget) { ReviewTies = reviewTies, DeclineTies = declineTies };
    }

    private static bool Reaches(double risk, double threshold, double width, double ties, ulong idHash) =>
        risk >= threshold
        && ((risk > threshold && risk >= threshold + width) || ties == 1 || StableHash.UnitOf(idHash) < ties);
}

namespace Aegis.Core.Decisions;

/// <summary>Turns risk into an outcome by two thresholds on the fused -ln p.</summary>
/// <param name="ReviewAt">The risk from which a payment is flagged.</param>
/// <param name="DeclineAt">The risk from which a payment is declined; at least <paramref name="ReviewAt"/>.</param>
/// <param name="Budget">The budget that the thresholds keep on the training window.</param>
public sealed record DecisionPolicy(double ReviewAt, double DeclineAt, AlertBudget Budget)
{
    /// <summary>The outcome of a risk.</summary>
    public DecisionOutcome Decide(double risk) =>
        risk >= DeclineAt ? DecisionOutcome.Decline : risk >= ReviewAt ? DecisionOutcome.Review : DecisionOutcome.Approve;

    /// <summary>Sets the thresholds so that, on average, the budgeted number of cards a day reaches them.</summary>
    /// <param name="scored">Card, day and risk of every payment of the training window.</param>
    /// <param name="budget">The budget.</param>
    /// <exception cref="ArgumentException">There are no payments, or the budget is out of range.</exception>
    public static DecisionPolicy FromBudget(IReadOnlyCollection<(string Card, int Day, double Risk)> scored, AlertBudget budget)
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

        var highest = new Dictionary<(string, int), double>();
        foreach (var (card, day, risk) in scored)
        {
            var key = (card, day);
            highest[key] = Math.Max(risk, highest.GetValueOrDefault(key, double.NegativeInfinity));
        }

        var descending = highest.Values.OrderDescending().ToArray();
        var flagged = scored.Count * budget.CardsPerTenThousand / 10_000;
        return new DecisionPolicy(At(descending, flagged), At(descending, flagged * budget.DeclineShare), budget);
    }

    /// <summary>The risk that <paramref name="count"/> card-days reach. At least one must reach it, so there is always
    /// a threshold.</summary>
    private static double At(double[] descending, double count) =>
        descending[Math.Clamp((int)Math.Round(count) - 1, 0, descending.Length - 1)];
}

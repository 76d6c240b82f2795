using System.Runtime.InteropServices;

namespace Aegis.Core.Decisions;

/// <summary>The highest risk of each card on each day, from the riskiest down.</summary>
internal sealed class CardDays
{
    private const int Halvings = 60;

    private readonly (double Risk, int Payments)[] _descending;

    private CardDays((double Risk, int Payments)[] descending) => _descending = descending;

    /// <summary>The card-days of payments.</summary>
    public static CardDays Of<TCard>(IReadOnlyCollection<(TCard Card, int Day, double Risk)> scored)
        where TCard : notnull
    {
        var highest = new Dictionary<(TCard, int), (double Risk, int Payments)>();
        foreach (var (card, day, risk) in scored)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(highest, (card, day), out var isKnown);
            if (!isKnown || risk > known.Risk)
            {
                known = (risk, 1);
            }
            else if (risk == known.Risk)
            {
                known.Payments++;
            }
        }

        return new CardDays([.. highest.Values.OrderByDescending(cardDay => cardDay.Risk)]);
    }

    /// <summary>The threshold that a number of card-days reaches.</summary>
    /// <param name="count">
    /// The number. Where no other card-day has the same risk it is rounded. If it is near 0, the riskiest card-day is
    /// flagged with the chance that the number says.
    /// </param>
    /// <returns>The risk, and the share of the payments exactly at it that are flagged.</returns>
    public (double Risk, double Ties) ThresholdOf(double count)
    {
        var rounded = (int)Math.Round(count);
        var risk = _descending[Math.Clamp(rounded - 1, 0, _descending.Length - 1)].Risk;
        var above = _descending.Count(cardDay => cardDay.Risk > risk);
        int[] tied = [.. _descending.Skip(above).TakeWhile(cardDay => cardDay.Risk == risk).Select(cardDay => cardDay.Payments)];
        return tied.Length == 1 && rounded > 0 ? (risk, 1) : (risk, ShareFor(count - above, tied));
    }

    /// <summary>The share of payments to flag, each by itself, so that a number of card-days is flagged on average: a
    /// card-day of m payments with the chance 1 - (1 - share)^m.</summary>
    private static double ShareFor(double cardDays, int[] payments)
    {
        if (cardDays >= payments.Length)
        {
            return 1;
        }

        // Card-days of one payment have the plain quotient. Those of more have less, so the share is between 0 and it.
        var (low, high) = (0.0, cardDays / payments.Length);
        if (payments.All(count => count == 1))
        {
            return high;
        }

        for (var i = 0; i < Halvings; i++)
        {
            var share = (low + high) / 2;
            var flagged = payments.Sum(count => 1 - Math.Pow(1 - share, count));
            (low, high) = flagged < cardDays ? (share, high) : (low, share);
        }

        return low;
    }
}

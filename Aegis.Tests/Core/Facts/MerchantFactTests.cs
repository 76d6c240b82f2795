using Aegis.Core.Facts;

namespace Aegis.Tests.Core.Facts;

public sealed class MerchantFactTests
{
    private const long DayMs = 86_400_000;

    [Fact]
    public void CardsOn_CountsTheDayAndTheOneBefore()
    {
        var fact = default(MerchantFact);
        // Intervals end at noon of day 10 and day 11, with cards 1 to 5 and 4 to 8.
        fact.Add((10 * DayMs) + (DayMs / 2), Counts(1, 5));
        Assert.Equal(Estimate(1, 5), fact.CardsOn(10));
        Assert.Equal(Estimate(1, 5), fact.CardsOn(11));
        Assert.Equal(0, fact.CardsOn(12));
        fact.Add((11 * DayMs) + (DayMs / 2), Counts(4, 8));
        Assert.Equal(Estimate(1, 8), fact.CardsOn(11));
        // A day without any lies between: what was before it is forgotten.
        fact.Add((13 * DayMs) + (DayMs / 2), Counts(1, 2));
        Assert.Equal(Estimate(1, 2), fact.CardsOn(13));
    }

    [Fact]
    public void Add_OfAnIntervalThatEndsAtMidnight_BelongsToTheDayThatEnds()
    {
        var fact = default(MerchantFact);
        fact.Add(11 * DayMs, Counts(1, 5));
        fact.Add((11 * DayMs) + 1, Counts(6, 9));
        // Day 10 had five cards, day 11 four.
        Assert.Equal(Estimate(1, 9), fact.CardsOn(11));
        // Day 12 has cards 7 to 10 in addition to those of day 11; day 10 is forgotten.
        fact.Add((12 * DayMs) + 1, Counts(7, 10));
        Assert.Equal(Estimate(6, 10), fact.CardsOn(12));
    }

    [Fact]
    public void DecayUntil_AMomentBeforeTheLastInterval_TakesNothingAway()
    {
        var fact = default(MerchantFact);
        fact.Add(5 * DayMs, Counts(1, 3));
        Assert.Equal(new RateDecay(1, 1), fact.DecayUntil(4 * DayMs));
        Assert.Equal(RateDecay.After(DayMs), fact.DecayUntil(6 * DayMs));
        Assert.Equal(3 * Math.Exp(-1 / 30.0), fact.Payments.MonthAfter(fact.DecayUntil(6 * DayMs)), 9);
    }

    [Fact]
    public void Add_CountsPaymentsNewCardsAndSmallAmountsApart()
    {
        var fact = default(MerchantFact);
        var counts = Counts(1, 4);
        (counts.NewCards, counts.SmallAmounts) = (3, 2);
        fact.Add(DayMs, counts);
        var now = RateDecay.After(0);
        Assert.Equal((4, 3, 2), (fact.Payments.MonthAfter(now), fact.NewCards.MonthAfter(now), fact.SmallAmounts.MonthAfter(now)));
    }

    /// <summary>What a sketch of so many cards tells.</summary>
    private static float Estimate(int first, int last) => (float)Counts(first, last).Cards.Estimate;

    private static MerchantCounts Counts(int first, int last)
    {
        var counts = new MerchantCounts { Payments = last - first + 1 };
        for (var card = first; card <= last; card++)
        {
            counts.Cards.Add((ulong)card);
        }

        return counts;
    }
}

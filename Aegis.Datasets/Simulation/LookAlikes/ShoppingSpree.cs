using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation.LookAlikes;

/// <summary>Gifts, sales, a day in the mall: many purchases within an hour or two. Four times as often before Christmas.</summary>
public sealed record ShoppingSpree() : LookAlike("shopping_spree")
{
    private static readonly int[] Trades = [Shop.Clothing, Shop.Clothing, Shop.Electronics, Shop.Pharmacy, Shop.FastFood, Shop.Home,
        Shop.Jeweller];

    /// <summary>The mean number of sprees of a customer in a year, outside of the season.</summary>
    public double PerYear { get; init; } = 0.3;

    /// <summary>The smallest number of payments.</summary>
    public int MinPayments { get; init; } = 4;

    /// <summary>The largest number of payments.</summary>
    public int MaxPayments { get; init; } = 9;

    /// <inheritdoc/>
    internal override void Add(in CustomerDay day, byte label)
    {
        var random = day.DrawsFor(this);
        if (!random.NextBool(PerYear / 365.25 * day.Day.GiftSeason))
        {
            return;
        }

        var isOnline = random.NextBool(0.5);
        var time = day.At(day.Home.City, isOnline ? random.NextDouble(8, 24) : random.NextDouble(10, 17));
        for (var remaining = random.NextBetween(MinPayments, MaxPayments); remaining > 0; remaining--)
        {
            if (isOnline)
            {
                day.PayOnline(time, day.FindSite(Habits.Draw(day.Customer.Habits.Sites, ref random), ref random), 1, label, ref random);
            }
            else if (day.FindShop(day.Home.City, Trades[random.NextInt(Trades.Length)], time, ref random) is { } shop)
            {
                day.PayInShop(time, shop, 1, label, ref random);
            }

            time += 60_000 + (long)(random.NextWait(isOnline ? 6 : 13) * 60_000);
        }
    }
}

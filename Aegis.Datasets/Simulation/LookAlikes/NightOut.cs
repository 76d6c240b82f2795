using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation.LookAlikes;

/// <summary>A night in bars: small payments at merchants never visited, one after another, at hours unusual for the card.</summary>
public sealed record NightOut() : LookAlike("night_out")
{
    /// <summary>The probability on a Friday or Saturday, for a customer with an average taste for nights out.</summary>
    public double Probability { get; init; } = 0.004;

    /// <inheritdoc/>
    internal override void Add(in CustomerDay day, byte label)
    {
        if (day.Day.Weekday is not (DayOfWeek.Friday or DayOfWeek.Saturday))
        {
            return;
        }

        var random = day.DrawsFor(this);
        if (!random.NextBool(Probability * day.Customer.Habits.NightOuts))
        {
            return;
        }

        var city = day.City;
        var time = day.At(city, random.NextDouble(20.5, 23.5));
        for (var remaining = random.NextBetween(3, 7); remaining > 0; remaining--)
        {
            var trade = random.NextDouble() < 0.7 ? Shop.Bar : random.NextBool(0.6) ? Shop.FastFood : Shop.Cash;
            if (day.FindShop(city, trade, time, ref random) is { } shop)
            {
                day.PayInShop(time, shop, 1, label, ref random);
            }

            time += 60_000 + (long)(random.NextWait(22) * 60_000);
        }
    }
}

using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation.LookAlikes;

/// <summary>A fair or concert: one merchant of a city suddenly takes many cards that are new to it.</summary>
public sealed record Festival() : LookAlike("festival")
{
    /// <summary>The probability of a festival in a city on a day; twice that on weekends.</summary>
    public double PerCityDay { get; init; } = 0.03;

    /// <summary>The share of the city's customers who go.</summary>
    public double Visitors { get; init; } = 0.03;

    /// <inheritdoc/>
    internal override void Add(in CustomerDay day, byte label)
    {
        var city = day.City;
        var festival = WorldDraws.For(day.World.Seed ^ Stream, city, day.Day.Number);
        if (!festival.NextBool(PerCityDay * (day.Day.IsWeekend ? 2 : 1)))
        {
            return;
        }

        var random = day.DrawsFor(this);
        if (!random.NextBool(Visitors))
        {
            return;
        }

        var stands = day.World.Merchants.ShopsOf(city, festival.NextBool(0.6) ? Shop.FastFood : Shop.Bar);
        var stand = stands[festival.NextInt(stands.Length)];
        var time = day.At(city, Math.Max(stand.Opens / 60.0, 15) + random.NextDouble(0.5, 6));
        for (var remaining = random.NextBetween(1, 4); remaining > 0 && stand.IsOpenAt(time); remaining--)
        {
            day.PayInShop(time, stand, 1, label, ref random);
            time += 60_000 + (long)(random.NextWait(30) * 60_000);
        }
    }
}

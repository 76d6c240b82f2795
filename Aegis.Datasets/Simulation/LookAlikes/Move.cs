using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation.LookAlikes;

/// <summary>After a move every shop is new, and for some weeks the customer buys furniture and tools.</summary>
public sealed record Move() : LookAlike("move")
{
    /// <summary>The number of days of settling in.</summary>
    public int Days { get; init; } = 30;

    /// <summary>The mean number of purchases for the new home in a day.</summary>
    public double PurchasesPerDay { get; init; } = 0.25;

    /// <inheritdoc/>
    internal override void Add(in CustomerDay day, byte label)
    {
        var home = day.Home;
        if (day.Day.Number - home.SinceDay >= Days)
        {
            return;
        }

        var random = day.DrawsFor(this);
        for (var remaining = random.NextCount(PurchasesPerDay); remaining > 0; remaining--)
        {
            var time = day.At(home.City, random.NextDouble(9, 20));
            if (day.FindShop(home.City, random.NextBool(0.7) ? Shop.Home : Shop.Electronics, time, ref random) is { } shop)
            {
                day.PayInShop(time, shop, 1.6, label, ref random);
            }
        }
    }
}

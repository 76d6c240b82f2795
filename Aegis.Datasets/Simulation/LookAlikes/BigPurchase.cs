namespace Aegis.Datasets.Simulation.LookAlikes;

/// <summary>Furniture, a computer or jewellery: far above the customer's usual payments, sometimes in two parts.</summary>
public sealed record BigPurchase() : LookAlike("big_purchase")
{
    /// <summary>The mean number of big purchases of a customer in a year.</summary>
    public double PerYear { get; init; } = 0.9;

    /// <summary>The smallest factor on a usual price of the merchant.</summary>
    public double MinFactor { get; init; } = 2.5;

    /// <summary>The largest factor on a usual price of the merchant.</summary>
    public double MaxFactor { get; init; } = 10;

    /// <inheritdoc/>
    internal override void Add(in CustomerDay day, byte label)
    {
        var random = day.DrawsFor(this);
        if (!random.NextBool(PerYear / 365.25 * day.Day.Spending))
        {
            return;
        }

        var factor = random.NextDouble(MinFactor, MaxFactor);
        var trade = random.NextInt(4) switch
        {
            0 => Shop.Electronics,
            1 => Shop.Home,
            2 => Shop.Jeweller,
            _ => Shop.Clothing,
        };
        var time = day.At(day.Home.City, random.NextDouble(10, 19));
        if (random.NextBool(0.4))
        {
            day.PayOnline(time, day.FindSite(trade is Shop.Electronics ? Site.Electronics : Site.Retail, ref random), factor, label,
                ref random);
        }
        else if (day.FindShop(day.Home.City, trade, time, ref random) is { } shop)
        {
            var parts = random.NextBool(0.25) ? 2 : 1;
            for (var part = 0; part < parts; part++)
            {
                day.PayInShop(time + (part * 90_000), shop, factor / parts, label, ref random);
            }
        }
    }
}

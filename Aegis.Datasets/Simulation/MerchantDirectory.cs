using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation;

/// <summary>All merchants, by city and trade. Some merchants of a trade have far more visits than others.</summary>
internal sealed class MerchantDirectory
{
    private const double OnlineShare = 0.12;
    private const double RecurringShare = 0.03;

    /// <summary>The share of online merchants that are in any city of the world. The others are where customers live.</summary>
    private const double ForeignSiteShare = 0.15;

    private readonly Merchant[][] _shops;
    private readonly Merchant[][] _sites;
    private readonly Merchant[][] _recurring;
    private readonly List<Merchant> _all = [];

    /// <param name="seed">The seed of the world.</param>
    /// <param name="count">The number of merchants, at least <see cref="MinCount"/>.</param>
    public MerchantDirectory(ulong seed, int count)
    {
        var online = (int)(count * OnlineShare);
        var recurring = (int)(count * RecurringShare);
        _shops = new Merchant[City.All.Length * Trade.Shops.Length][];
        var cells = new double[_shops.Length];
        for (var cell = 0; cell < cells.Length; cell++)
        {
            var city = City.All[cell / Trade.Shops.Length];
            cells[cell] = (city.HomeWeight + (0.5 * city.Pull)) * Trade.Shops[cell % Trade.Shops.Length].Share;
        }

        var counts = Divide(count - online - recurring, cells);
        for (var cell = 0; cell < cells.Length; cell++)
        {
            var (city, trade) = (cell / Trade.Shops.Length, Trade.Shops[cell % Trade.Shops.Length]);
            _shops[cell] = MakeAll(seed, counts[cell], trade, city);
        }

        _sites = MakeOnline(seed, online, Trade.Sites);
        _recurring = MakeOnline(seed, recurring, Trade.Recurring);
        All = [.. _all];
    }

    /// <summary>The smallest number of merchants: one of each trade in every city, and some sites.</summary>
    public const int MinCount = SimulationOptions.MinMerchants;

    /// <summary>All merchants, by number.</summary>
    public Merchant[] All { get; }

    /// <summary>A shop, drawn by popularity.</summary>
    public Merchant PickShop(int city, int trade, ref SeededRandom random) => Pick(ShopsOf(city, trade), ref random);

    /// <summary>A site, drawn by popularity.</summary>
    public Merchant PickSite(int trade, ref SeededRandom random) => Pick(_sites[trade], ref random);

    /// <summary>A merchant that charges every month.</summary>
    public Merchant PickRecurring(int trade, ref SeededRandom random) => Pick(_recurring[trade], ref random);

    /// <summary>The shops of a trade in a city, the most visited first.</summary>
    public Merchant[] ShopsOf(int city, int trade) => _shops[(city * Trade.Shops.Length) + trade];

    /// <summary>The sites of a trade, the most visited first.</summary>
    public Merchant[] SitesOf(int trade) => _sites[trade];

    private static Merchant Pick(Merchant[] from, ref SeededRandom random)
    {
        // Half of all visits go to an eighth of the shops.
        var u = random.NextDouble();
        return from[(int)(u * u * u * from.Length)];
    }

    /// <summary>Divides a number among cells by weight, with at least one for each.</summary>
    private static int[] Divide(int total, double[] weights)
    {
        var whole = weights.Sum();
        var free = total - weights.Length;
        var counts = new int[weights.Length];
        double sum = 0;
        var given = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i];
            var until = (int)((free * (sum / whole)) + 0.5);
            counts[i] = 1 + until - given;
            given = until;
        }

        return counts;
    }

    private Merchant[][] MakeOnline(ulong seed, int count, Trade[] trades)
    {
        var counts = Divide(count, [.. trades.Select(trade => trade.Share)]);
        return [.. trades.Select((trade, i) => MakeAll(seed, counts[i], trade, city: null))];
    }

    private Merchant[] MakeAll(ulong seed, int count, Trade trade, int? city)
    {
        var made = new Merchant[count];
        for (var i = 0; i < count; i++)
        {
            made[i] = Make(seed, trade, city);
            _all.Add(made[i]);
        }

        return made;
    }

    private Merchant Make(ulong seed, Trade trade, int? city)
    {
        var number = _all.Count;
        var random = WorldDraws.For(seed, Purpose.Merchant, number);
        var place = city ?? (random.NextBool(ForeignSiteShare) ? random.NextInt(City.All.Length) : Cities.DrawHome(ref random));
        var shift = trade.IsAlwaysOpen ? 0 : 30 * random.NextBetween(-2, 2);
        return new Merchant
        {
            Number = number,
            // Ids tell nothing about trade or place.
            Id = $"m{StableHash.Mix(seed ^ StableHash.Mix((ulong)number + 0x5eed)):x16}",
            Trade = trade,
            City = place,
            IsOnline = city is null,
            Latitude = Math.Round(City.All[place].Latitude + (0.04 * random.NextNormal()), 5),
            Longitude = Math.Round(City.All[place].Longitude + (0.06 * random.NextNormal()), 5),
            PriceLog = trade.PriceLog + (0.3 * random.NextNormal()),
            Opens = (int)(trade.Opens * 60) + shift,
            Closes = (int)(trade.Closes * 60) + (trade.IsAlwaysOpen ? 0 : 30 * random.NextBetween(-2, 1)),
            IsOpenOnSundays = random.NextBool(trade.SundayShare),
        };
    }
}

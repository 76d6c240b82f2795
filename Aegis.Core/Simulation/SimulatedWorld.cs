using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Core.Simulation;

/// <summary>Cities, merchants and as many customers as anyone asks for: all a function of the seed, made when needed.</summary>
public sealed class SimulatedWorld
{
    private const int MerchantsPerCity = 80;
    private const int OnlineMerchants = 240;

    // (category code, share of merchants, ln EUR of a usual price, spread)
    private static readonly (int Mcc, double Share, double PriceLog, double Spread)[] Trades =
    [
        (5411, 0.26, 3.2, 0.6), (5812, 0.16, 3.1, 0.5), (5814, 0.10, 2.3, 0.4), (5541, 0.09, 3.9, 0.35), (5651, 0.08, 3.9, 0.6), (5732, 0.04, 4.7, 0.8),
        (5712, 0.05, 4.1, 0.8), (5912, 0.07, 2.9, 0.6), (7832, 0.03, 2.9, 0.4), (7230, 0.04, 3.5, 0.4), (4111, 0.04, 2.2, 0.6), (7011, 0.02, 5.0, 0.5), (6011, 0.02, 4.3, 0.5),
    ];

    private static readonly (int Mcc, double Share, double PriceLog, double Spread)[] OnlineTrades =
    [
        (5999, 0.40, 3.4, 0.7), (5732, 0.15, 4.5, 0.9), (5651, 0.15, 3.8, 0.6), (5815, 0.15, 2.4, 0.5), (4722, 0.07, 5.2, 0.7), (5942, 0.08, 2.9, 0.5),
    ];

    private readonly Merchant[][] _local;
    private readonly double _homeWeight = City.All.Sum(city => city.HomeWeight);

    /// <param name="seed">Two worlds of one seed are equal.</param>
    public SimulatedWorld(ulong seed)
    {
        Seed = seed;
        _local = [.. City.All.Select((city, index) => Enumerable.Range(0, MerchantsPerCity).Select(i => MakeMerchant(city, (index * MerchantsPerCity) + i, Trades, isOnline: false)).ToArray())];
        Online = [.. Enumerable.Range(0, OnlineMerchants).Select(i => MakeMerchant(City.All[i % City.All.Count], 1_000_000 + i, OnlineTrades, isOnline: true))];
    }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>Merchants on the web.</summary>
    public IReadOnlyList<Merchant> Online { get; }

    /// <summary>Merchants of a city.</summary>
    public IReadOnlyList<Merchant> MerchantsOf(City city) => _local[Array.IndexOf([.. City.All], city)];

    /// <summary>A random city in which nobody lives, far from every home.</summary>
    public static City FarCity(ref SeededRandom random)
    {
        var far = City.All.Where(city => city.HomeWeight == 0).ToArray();
        return far[random.NextInt(far.Length)];
    }

    /// <summary>A merchant of a city in one of the wanted categories, or any where the city has none.</summary>
    public Merchant MerchantIn(City city, ref SeededRandom random, params ReadOnlySpan<MerchantCategory> categories)
    {
        var merchants = MerchantsOf(city);
        for (var tries = 0; tries < 100; tries++)
        {
            var merchant = merchants[random.NextInt(merchants.Count)];
            if (categories.Contains(merchant.Category))
            {
                return merchant;
            }
        }

        return merchants[random.NextInt(merchants.Count)];
    }

    /// <summary>A customer by number.</summary>
    public CustomerProfile Customer(long number) => new(this, number);

    internal City HomeCity(ref SeededRandom random)
    {
        var point = random.NextDouble() * _homeWeight;
        foreach (var city in City.All)
        {
            point -= city.HomeWeight;
            if (point < 0)
            {
                return city;
            }
        }

        return City.All[0];
    }

    private Merchant MakeMerchant(City city, int number, (int Mcc, double Share, double PriceLog, double Spread)[] trades, bool isOnline)
    {
        var random = SeededRandom.For(Seed, (ulong)number, part: 1);
        var point = random.NextDouble();
        var trade = trades[0];
        foreach (var candidate in trades)
        {
            trade = candidate;
            point -= candidate.Share;
            if (point < 0)
            {
                break;
            }
        }

        return new Merchant(
            $"m{number:D7}", trade.Mcc, city, isOnline,
            Math.Round(city.Latitude + (0.04 * random.NextGaussian()), 5), Math.Round(city.Longitude + (0.06 * random.NextGaussian()), 5),
            trade.PriceLog + (0.3 * random.NextGaussian()), trade.Spread);
    }
}

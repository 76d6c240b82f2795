using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation;

/// <summary>The merchants that a customer visits again and again: near home, or in the customer's country.</summary>
internal static class Favourites
{
    /// <summary>The number of favourites in a trade.</summary>
    public const int PerTrade = 3;

    private const int Candidates = 3;

    // Homes lie near latitude 50, where a degree of longitude is about this fraction of a degree of latitude.
    private const double LongitudeScale = 0.64;

    /// <summary>The rank of the favourite visited this time: the first more often than the second and third.</summary>
    public static int DrawRank(ref SeededRandom random) => random.NextDouble() switch
    {
        < 0.6 => 0,
        < 0.87 => 1,
        _ => 2,
    };

    /// <summary>A favourite shop of a trade: the nearest of a few.</summary>
    public static Merchant Shop(SimulatedWorld world, CustomerProfile customer, in Residence home, int trade, int rank)
    {
        var random = WorldDraws.For(world.Seed, Purpose.Favourite, customer.Number, Slot(home.Index, trade, rank));
        var nearest = world.Merchants.PickShop(home.City, trade, ref random);
        for (var i = 1; i < Candidates; i++)
        {
            var other = world.Merchants.PickShop(home.City, trade, ref random);
            nearest = SquareDistance(home, other) < SquareDistance(home, nearest) ? other : nearest;
        }

        return nearest;
    }

    /// <summary>A favourite site of a trade: one of the customer's country, if a few tries find one.</summary>
    public static Merchant Site(SimulatedWorld world, CustomerProfile customer, in Residence home, int trade, int rank)
    {
        var random = WorldDraws.For(world.Seed, Purpose.Favourite, customer.Number, Slot(home.Index, Trade.Shops.Length + trade, rank));
        var site = world.Merchants.PickSite(trade, ref random);
        for (var i = 1; i < Candidates && City.All[site.City].Country != City.All[home.City].Country; i++)
        {
            site = world.Merchants.PickSite(trade, ref random);
        }

        return site;
    }

    private static long Slot(int residence, int trade, int rank) => ((((long)residence * 64) + trade) * PerTrade) + rank;

    private static double SquareDistance(in Residence home, Merchant merchant)
    {
        var north = home.Latitude - merchant.Latitude;
        var east = LongitudeScale * (home.Longitude - merchant.Longitude);
        return (north * north) + (east * east);
    }
}

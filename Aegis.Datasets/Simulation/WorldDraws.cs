using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation;

/// <summary>The purposes of random streams. Each purpose has its own stream, so one more draw in one changes nothing in another.</summary>
internal enum Purpose
{
    Merchant, Customer, Residence, Favourite, Holiday, BusinessTrip, Outing, Recurring, Device, Address, Live,
}

/// <summary>Makes random streams by purpose.</summary>
internal static class WorldDraws
{
    private const int Purposes = 64;

    /// <summary>The stream of one item, for one purpose, on one day or in one slot.</summary>
    public static SeededRandom For(ulong seed, Purpose purpose, long item, long slot = 0) =>
        SeededRandom.For(seed, (ulong)item, ((ulong)slot * Purposes) + (ulong)purpose + 1);

    /// <summary>The stream of one item on one day or in one slot, for a scenario or look-alike whose own stream is part
    /// of the seed.</summary>
    public static SeededRandom For(ulong seed, long item, long slot) => SeededRandom.For(seed, (ulong)item, (ulong)slot);
}

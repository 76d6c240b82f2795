using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation;

/// <summary>IPv4 addresses of the simulated world, all in 10.0.0.0/8.</summary>
internal static class Addresses
{
    private const uint Network = 10u << 24;
    private const int HostBits = 24;

    /// <summary>An address of any network: a mobile network, a hotel, a thief.</summary>
    public static uint Draw(ref SeededRandom random) => Network | (uint)(random.NextBits() >> (64 - HostBits));

    /// <summary>The usual notation; null for 0.</summary>
    public static string? Text(uint address) =>
        address == 0 ? null : $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}";
}

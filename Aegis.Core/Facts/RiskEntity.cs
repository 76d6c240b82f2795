using Aegis.Core.Numerics;


namespace Aegis.Core.Facts;

/// <summary>The kinds of entities that frauds are counted by.</summary>
internal enum RiskEntity
{
    Merchant,
    Device,
    Bin,
}

/// <summary>Makes keys, so that entities of all kinds share a table.</summary>
internal static class RiskEntities
{
    /// <summary>The key of an entity; <paramref name="hash"/> is the merchant's or device's hash, or the BIN.</summary>
    public static ulong KeyOf(this RiskEntity kind, ulong hash) => StableHash.Mix(hash + (0x9e3779b97f4a7c15 * (ulong)(kind + 1)));
}

using Aegis.Core.Numerics;


namespace Aegis.Core.Facts;

/// <summary>One shard's counts for an entity in one interval, by the UTC day of the payments.</summary>
internal struct EntityDay
{
    public ulong Entity;
    public RiskEntity Kind;
    public int Day;
    public uint Payments;
    public uint Frauds;

    /// <summary>The counts of an entity's day in a table. They are added if they are missing.</summary>
    public static ref EntityDay In(CountTable<EntityDay> table, RiskEntity kind, ulong hash, int day)
    {
        var entity = kind.KeyOf(hash);
        ref var counts = ref table.Of(KeyOf(entity, day));
        (counts.Entity, counts.Kind, counts.Day) = (entity, kind, day);
        return ref counts;
    }

    /// <summary>The key of an entity's day.</summary>
    public static ulong KeyOf(ulong entity, int day) => StableHash.Mix(entity + (uint)day);
}

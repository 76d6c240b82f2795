namespace Aegis.Scoring.Facts;

/// <summary>A shard's hold on one fact version. While the shard holds it, the table behind it does not change.</summary>
internal sealed class FactClaim(FactVersions versions, int shard)
{
    /// <summary>The shard.</summary>
    public int Shard { get; } = shard;

    /// <summary>The version last asked for, Unix milliseconds.</summary>
    public long VersionMs { get; set; }

    /// <summary>The table held; null while it is not ready. Guarded by <see cref="FactVersions"/>.</summary>
    public HeldFacts? Held { get; set; }

    /// <summary>Releases the version held and asks for another.</summary>
    public void Ask(long versionMs) => versions.Ask(this, versionMs);

    /// <summary>The version asked for; null until it is complete in the store and merged here.</summary>
    public HeldFacts? Take() => versions.Take(this);

    /// <summary>Releases the version held.</summary>
    public void Drop() => versions.Drop(this);
}

using Aegis.Core.Facts;

namespace Aegis.Scoring.Facts;

/// <summary>A shard's hold on one fact version: as long as it has it, the table behind it stays as it is.</summary>
internal sealed class FactClaim(FactVersions versions, int shard)
{
    /// <summary>The shard.</summary>
    public int Shard { get; } = shard;

    /// <summary>The version asked for last, Unix milliseconds.</summary>
    public long VersionMs { get; set; }

    /// <summary>Guarded by <see cref="FactVersions"/>; null while it is not there yet.</summary>
    public HeldFacts? Held { get; set; }

    /// <summary>Lets go of what it has and asks for another version.</summary>
    public void Ask(long versionMs) => versions.Ask(this, versionMs);

    /// <summary>The version asked for; null while it is not complete in the store and merged here.</summary>
    public FactTable? Take() => versions.Take(this);

    /// <summary>Lets go.</summary>
    public void Drop() => versions.Drop(this);
}

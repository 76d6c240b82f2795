namespace Aegis.Scoring.Commits;

/// <summary>Work that a shard's owner commits. The store refuses it if another process owns the shard by then.</summary>
internal abstract class StoreWork
{
    /// <summary>The shard.</summary>
    public int Shard { get; set; }

    /// <summary>The owner's epoch.</summary>
    public long Epoch { get; set; }

    /// <summary>Its share of a commit, counted in decisions.</summary>
    public abstract int Weight { get; }
}

namespace Aegis.Scoring.Commits;

/// <summary>Something to be committed for a shard by its owner: refused where another process owns the shard by now.</summary>
internal abstract class StoreWork
{
    /// <summary>The shard.</summary>
    public int Shard { get; set; }

    /// <summary>The owner's epoch.</summary>
    public long Epoch { get; set; }

    /// <summary>How much of a commit it takes, in decisions.</summary>
    public abstract int Weight { get; }
}

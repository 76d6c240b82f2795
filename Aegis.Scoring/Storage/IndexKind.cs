namespace Aegis.Scoring.Storage;

/// <summary>The keys that find decisions, besides their order.</summary>
internal enum IndexKind
{
    /// <summary>The hash of the transaction's id.</summary>
    Id = 0,

    /// <summary>The hash of the card's token.</summary>
    Card = 1,
}

/// <summary>An entry of the index: a hash, and a decision that has it.</summary>
internal readonly record struct IndexEntry(long Hash, long Sequence) : IComparable<IndexEntry>
{
    /// <inheritdoc/>
    public int CompareTo(IndexEntry other) => Hash != other.Hash ? Hash.CompareTo(other.Hash) : Sequence.CompareTo(other.Sequence);
}

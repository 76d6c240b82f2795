namespace Aegis.Scoring.Storage;

/// <summary>What decisions are found by beside their order.</summary>
internal enum IndexKind
{
    /// <summary>The hash of the transaction's id.</summary>
    Id = 0,

    /// <summary>The hash of the card's token.</summary>
    Card = 1,
}

/// <summary>An entry of the index: a hash and the decision that has it.</summary>
internal readonly record struct IndexEntry(long Hash, long Sequence) : IComparable<IndexEntry>
{
    /// <inheritdoc/>
    public int CompareTo(IndexEntry other) => Hash != other.Hash ? Hash.CompareTo(other.Hash) : Sequence.CompareTo(other.Sequence);
}

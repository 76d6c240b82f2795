namespace Aegis.Scoring.Duplicates;

/// <summary>Ids that are too old to be remembered by <see cref="ShardIds"/>: the store knows them.</summary>
internal interface IOldIds
{
    /// <summary>The first use of an id; null where it was never decided.</summary>
    FirstUse? Find(ReadOnlySpan<byte> id);
}

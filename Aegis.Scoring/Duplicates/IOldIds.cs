namespace Aegis.Scoring.Duplicates;

/// <summary>Finds ids that are too old for <see cref="ShardIds"/> to remember. The store knows them.</summary>
internal interface IOldIds
{
    /// <summary>The first use of an id; null if it was never decided.</summary>
    FirstUse? Find(ReadOnlySpan<byte> id);
}

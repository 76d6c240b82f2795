namespace Aegis.Scoring.Shards;

/// <summary>What a label comes to.</summary>
internal enum LabelEffect
{
    /// <summary>The transaction has this verdict already: nothing happens.</summary>
    None,

    /// <summary>The verdict changes to one that the transaction had before: it is stored, and counted no second time.</summary>
    Stored,

    /// <summary>It is stored, and features learn from it.</summary>
    Counted,
}

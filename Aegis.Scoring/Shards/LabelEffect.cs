namespace Aegis.Scoring.Shards;

/// <summary>The effect of a label.</summary>
internal enum LabelEffect
{
    /// <summary>The transaction has this verdict already: nothing happens.</summary>
    None,

    /// <summary>The verdict changes back to one that the transaction had before: the label is stored, but not counted again.</summary>
    Stored,

    /// <summary>The label is stored, and features learn from it.</summary>
    Counted,
}

namespace Aegis.Scoring.Commits;

/// <summary>What a part of a snapshot holds.</summary>
internal enum SnapshotKind
{
    /// <summary>The small things, as one piece; written last, it completes the snapshot.</summary>
    State = 0,

    /// <summary>Card histories.</summary>
    Cards = 1,

    /// <summary>Ids met.</summary>
    Ids = 3,
}

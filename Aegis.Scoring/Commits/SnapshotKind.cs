namespace Aegis.Scoring.Commits;

/// <summary>What a part of a snapshot holds.</summary>
internal enum SnapshotKind
{
    /// <summary>The small values, as one piece. It is written last and completes the snapshot.</summary>
    State = 0,

    /// <summary>Card histories.</summary>
    Cards = 1,

    /// <summary>Ids met.</summary>
    Ids = 3,
}

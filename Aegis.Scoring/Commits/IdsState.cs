using System.Runtime.InteropServices;

namespace Aegis.Scoring.Commits;

/// <summary>Where a shard's list of ids begins and ends.</summary>
internal record struct IdsState
{
    /// <summary>The number of the first part.</summary>
    public int FirstPart { get; set; }

    /// <summary>Where in it the first record stands.</summary>
    public int FirstOffset { get; set; }

    /// <summary>Records in the last part.</summary>
    public int LastCount { get; set; }

    /// <summary>The newest event time met, Unix seconds.</summary>
    public long NewestSeconds { get; set; }

    /// <summary>The newest event time among the forgotten, Unix seconds.</summary>
    public long HorizonSeconds { get; set; }
}

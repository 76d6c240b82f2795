using System.Runtime.InteropServices;

namespace Aegis.Scoring.Commits;

/// <summary>The beginning and the end of a shard's list of ids.</summary>
internal record struct IdsState
{
    /// <summary>The number of the first part.</summary>
    public int FirstPart { get; set; }

    /// <summary>The place of the first record within the first part.</summary>
    public int FirstOffset { get; set; }

    /// <summary>The number of records in the last part.</summary>
    public int LastCount { get; set; }

    /// <summary>The newest event time among all ids met, Unix seconds.</summary>
    public long NewestSeconds { get; set; }

    /// <summary>The newest event time among the forgotten ids, Unix seconds.</summary>
    public long HorizonSeconds { get; set; }
}

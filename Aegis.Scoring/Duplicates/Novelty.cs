using System.Collections.Concurrent;

namespace Aegis.Scoring.Duplicates;

/// <summary>Whether a transaction id was met before.</summary>
internal enum Novelty
{
    /// <summary>Not met before; now remembered.</summary>
    New,

    /// <summary>Met before with the same content.</summary>
    Duplicate,

    /// <summary>Met before with other content.</summary>
    Conflict,
}

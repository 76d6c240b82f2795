using System.Collections.Concurrent;

namespace Aegis.Scoring.Duplicates;

/// <summary>What is known of a transaction id.</summary>
internal enum Novelty
{
    /// <summary>Not met before; remembered now.</summary>
    New,

    /// <summary>Met before with the same content.</summary>
    Duplicate,

    /// <summary>Met before with other content.</summary>
    Conflict,
}

using Aegis.Core.Facts;

namespace Aegis.Scoring.Facts;

/// <summary>A table of this process; the fields are guarded by <see cref="FactVersions"/>.</summary>
internal sealed class HeldFacts
{
    /// <summary>The facts; only the merging thread changes them, and only while nobody reads.</summary>
    public FactTable Table { get; set; } = new();

    /// <summary>All that was published up to here is in the table, and nothing else; Unix milliseconds.</summary>
    public long VersionMs { get; set; }

    /// <summary>How many hold it.</summary>
    public int Readers { get; set; }

    /// <summary>True while it is brought to another version.</summary>
    public bool IsChanging { get; set; }
}

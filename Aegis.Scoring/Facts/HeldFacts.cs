using Aegis.Core.Budgets;
using Aegis.Core.Facts;

namespace Aegis.Scoring.Facts;

/// <summary>A table of this process. <see cref="FactVersions"/> guards the fields.</summary>
internal sealed class HeldFacts
{
    /// <summary>The facts. Only the merging thread changes them, and only while nobody reads them.</summary>
    public FactTable Table { get; set; } = new();

    /// <summary>How the stream scores, at the same version.</summary>
    public ScoreTrend Trend { get; set; } = new();

    /// <summary>The table holds everything that shards published up to here, and nothing else; Unix milliseconds.</summary>
    public long VersionMs { get; set; }

    /// <summary>The number of readers that hold it.</summary>
    public int Readers { get; set; }

    /// <summary>True while it is being brought to another version.</summary>
    public bool IsChanging { get; set; }
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.Core.Facts;
using Aegis.Core.Features;

namespace Aegis.Scoring.Commits;

/// <summary>The small things of a snapshot.</summary>
/// <param name="Layout">Tells whether the histories' bytes mean to this release what they meant to the one that wrote them.</param>
/// <param name="Versions">What was in force.</param>
/// <param name="Ids">Where the list of ids begins and ends.</param>
/// <param name="Facts">The last barrier, what is read and what was counted since.</param>
/// <param name="Cards">How many card histories there are.</param>
/// <param name="Decisions">A sequence that all decisions of the shard after the snapshot exceed.</param>
internal sealed record SnapshotState(string Layout, VersionsInForce Versions, IdsState Ids, FactsState Facts, int Cards, long Decisions)
{
    /// <summary>This release's layout.</summary>
    public static string CurrentLayout { get; } =
        $"{FeatureSchema.Hash}/{Unsafe.SizeOf<CardHistory>()}/{FactCounts.Layout}/{Unsafe.SizeOf<IdRecord>()}";

    /// <summary>As it is stored.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, AegisJson.Options);

    /// <summary>Reads what <see cref="ToBytes"/> gave.</summary>
    /// <exception cref="StoreException">Another release's.</exception>
    public static SnapshotState Read(int shard, ReadOnlySpan<byte> json)
    {
        var state = JsonSerializer.Deserialize<SnapshotState>(json, AegisJson.Options)!;
        return state.Layout == CurrentLayout ? state : throw new StoreException(
            $"The snapshot of shard {shard} has layout {state.Layout}; this release reads {CurrentLayout}. Use the release that made it, or start with a fresh data folder.");
    }
}

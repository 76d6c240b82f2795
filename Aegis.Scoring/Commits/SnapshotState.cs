using System.Runtime.CompilerServices;
using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.Core.Facts;
using Aegis.Core.Features;

namespace Aegis.Scoring.Commits;

/// <summary>The small values of a snapshot.</summary>
/// <param name="Layout">The layout of the writing release. If it equals this release's, the histories' bytes mean the same.</param>
/// <param name="Versions">The versions in force.</param>
/// <param name="Ids">The beginning and the end of the list of ids.</param>
/// <param name="Facts">The last barrier, the fact version that the shard reads, and its counts since then.</param>
/// <param name="Cards">The number of card histories.</param>
/// <param name="Decisions">A sequence below that of every decision of the shard after the snapshot.</param>
internal sealed record SnapshotState(string Layout, VersionsInForce Versions, IdsState Ids, FactsState Facts, int Cards, long Decisions)
{
    /// <summary>This release's layout.</summary>
    public static string CurrentLayout { get; } =
        $"{FeatureSchema.Hash}/{Unsafe.SizeOf<CardHistory>()}/{FactCounts.Layout}/{Unsafe.SizeOf<IdRecord>()}";

    /// <summary>The stored form.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, AegisJson.Options);

    /// <summary>Reads the result of <see cref="ToBytes"/>; null if another release wrote it.</summary>
    public static SnapshotState? TryRead(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<SnapshotState>(json, AegisJson.Options) is { } state && state.Layout == CurrentLayout ? state : null;

    /// <summary>Reads the result of <see cref="ToBytes"/>.</summary>
    /// <exception cref="StoreException">Another release wrote the snapshot.</exception>
    public static SnapshotState Read(int shard, ReadOnlySpan<byte> json)
    {
        var state = JsonSerializer.Deserialize<SnapshotState>(json, AegisJson.Options)!;
        return state.Layout == CurrentLayout ? state : throw new StoreException(
            $"The snapshot of shard {shard} has layout {state.Layout}; this release reads {CurrentLayout}. Use the release that made it, or start with a fresh data folder.");
    }
}

using Aegis.Core.Decisions;

namespace Aegis.Scoring.Commits;

/// <summary>A piece of a shard's memory, as of one position. Pieces that have not changed since the last snapshot are
/// not written again.</summary>
internal sealed class SnapshotPart : StoreWork
{
    /// <summary>The number of bytes that take about as long to store as a decision.</summary>
    public const int BytesPerDecision = 512;

    /// <summary>The kind of its content.</summary>
    public required SnapshotKind Kind { get; init; }

    /// <summary>Its number within the kind.</summary>
    public required int Part { get; init; }

    /// <summary>The number of its records.</summary>
    public required int Count { get; init; }

    /// <summary>The bytes; the array may be longer.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The position of the last entry that it covers.</summary>
    public required LogPosition At { get; init; }

    /// <summary>The first part of ids that is still needed; only with <see cref="SnapshotKind.State"/>.</summary>
    public int FirstIdPart { get; init; }

    /// <summary>Returns the memory to its owner.</summary>
    public Action? Return { get; init; }

    /// <inheritdoc/>
    public override int Weight => 1 + (Data.Length / BytesPerDecision);
}

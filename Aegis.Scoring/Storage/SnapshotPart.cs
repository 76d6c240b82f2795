using Aegis.Core.Decisions;

namespace Aegis.Scoring.Storage;

/// <summary>What a part of a snapshot holds.</summary>
internal enum SnapshotKind
{
    /// <summary>The small things, as one piece; written last, it completes the snapshot.</summary>
    State = 0,

    /// <summary>Card histories.</summary>
    Cards = 1,

    /// <summary>Ids met.</summary>
    Ids = 3,
}

/// <summary>A piece of what a shard remembers, as of one position. Pieces that have not changed since the last snapshot are not written again.</summary>
internal sealed class SnapshotPart : StoreWork
{
    /// <summary>So many bytes take about as long to store as a decision.</summary>
    public const int BytesPerDecision = 512;

    /// <summary>What it holds.</summary>
    public required SnapshotKind Kind { get; init; }

    /// <summary>Its number within the kind.</summary>
    public required int Part { get; init; }

    /// <summary>How many records it holds.</summary>
    public required int Count { get; init; }

    /// <summary>The bytes; the array may be longer.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The entry up to which it remembers.</summary>
    public required LogPosition At { get; init; }

    /// <summary>The first part of ids that is still needed; only with <see cref="SnapshotKind.State"/>.</summary>
    public int FirstIdPart { get; init; }

    /// <summary>Gives the memory back.</summary>
    public Action? Return { get; init; }

    /// <inheritdoc/>
    public override int Weight => 1 + (Data.Length / BytesPerDecision);
}

/// <summary>The owner has written everything and gives the shard up: told when all before it is committed.</summary>
internal sealed class ReleaseMark : StoreWork
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when everything before it is committed, or the shard was lost.</summary>
    public Task Done => _done.Task;

    /// <inheritdoc/>
    public override int Weight => 0;

    /// <summary>Everything before it is committed, or the shard was lost.</summary>
    public void Complete() => _done.TrySetResult();
}

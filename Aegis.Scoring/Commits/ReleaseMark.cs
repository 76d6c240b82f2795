namespace Aegis.Scoring.Commits;

/// <summary>Marks that the owner has written everything and gives the shard up. It completes when all work before it is
/// committed.</summary>
internal sealed class ReleaseMark : StoreWork
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when all work before it is committed, or when the shard is lost.</summary>
    public Task Done => _done.Task;

    /// <inheritdoc/>
    public override int Weight => 0;

    /// <summary>Reports that all work before it is committed, or that the shard is lost.</summary>
    public void Complete() => _done.TrySetResult();
}

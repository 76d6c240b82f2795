namespace Aegis.Scoring.Commits;

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

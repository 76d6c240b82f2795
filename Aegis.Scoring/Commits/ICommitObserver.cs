namespace Aegis.Scoring.Commits;

/// <summary>Is told by the writer, on its thread, what became of work. An observer takes what it needs and returns at once.</summary>
internal interface ICommitObserver
{
    /// <summary>A block is in the store. The block is used again afterwards: keep nothing that points into it.</summary>
    /// <param name="block">The block.</param>
    /// <param name="started">When the commit began, UTC.</param>
    /// <param name="ended">When it was done, UTC.</param>
    void Committed(DecisionBlock block, DateTimeOffset started, DateTimeOffset ended)
    {
    }

    /// <summary>The store refused a shard's work: another process owns the shard, or was first with one of its ids.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="epoch">The epoch under which it was ours.</param>
    void Refused(int shard, long epoch)
    {
    }
}

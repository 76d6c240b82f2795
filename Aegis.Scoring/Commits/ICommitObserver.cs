namespace Aegis.Scoring.Commits;

/// <summary>Is told by the writer, on the writer's thread, what became of the work. An observer takes what it needs and
/// returns at once.</summary>
internal interface ICommitObserver
{
    /// <summary>A block is in the store. The block is reused afterwards: keep nothing that points into it.</summary>
    /// <param name="block">The block.</param>
    /// <param name="started">When the commit began, UTC.</param>
    /// <param name="ended">When it was done, UTC.</param>
    void Committed(DecisionBlock block, DateTimeOffset started, DateTimeOffset ended)
    {
    }

    /// <summary>The store refused a shard's work: another process owns the shard, or has decided one of its ids first.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="epoch">The epoch under which this process owned the shard.</param>
    void Refused(int shard, long epoch)
    {
    }
}

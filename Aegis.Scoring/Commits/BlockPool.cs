using System.Collections.Concurrent;

namespace Aegis.Scoring.Commits;

/// <summary>Keeps committed blocks for their next use.</summary>
internal sealed class BlockPool
{
    private readonly ConcurrentBag<DecisionBlock> _free = [];

    /// <summary>An empty block.</summary>
    public DecisionBlock Rent() => _free.TryTake(out var block) ? block : new DecisionBlock();

    /// <summary>Takes a block back and releases the entries that it points into.</summary>
    public void Return(DecisionBlock block)
    {
        block.Source.Release();
        block.Clear();
        _free.Add(block);
    }
}

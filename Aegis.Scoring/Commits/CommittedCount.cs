namespace Aegis.Scoring.Commits;

/// <summary>Counts what is in the store. The writer's thread adds to it; any thread reads it.</summary>
internal sealed class CommittedCount
{
    private long _value;

    /// <summary>The count so far.</summary>
    public long Value => Interlocked.Read(ref _value);

    /// <summary>Adds the count of a commit.</summary>
    public void Add(int count) => Interlocked.Add(ref _value, count);
}

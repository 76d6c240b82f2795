using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>What other processes commit, as a commit of this one has to know it.</summary>
internal interface IForeignCommits
{
    /// <summary>Takes in what other processes have committed since the last time.</summary>
    /// <param name="connection">Within a write transaction nobody else commits until it ends.</param>
    void CatchUp(SqliteConnection connection);

    /// <summary>True once where a shard of this process took an id that another process has committed first.</summary>
    bool IsOvertaken(int shard);

    /// <summary>This process has committed up to a sequence.</summary>
    void Committed(long sequence);
}

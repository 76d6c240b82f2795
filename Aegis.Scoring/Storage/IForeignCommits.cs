using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>The commits of other processes, as far as a commit of this process must know them.</summary>
internal interface IForeignCommits
{
    /// <summary>Takes in what other processes have committed since the last call.</summary>
    /// <param name="connection">If it is in a write transaction, nobody else commits until that ends.</param>
    void CatchUp(SqliteConnection connection);

    /// <summary>True, once, if a shard of this process took an id that another process committed first.</summary>
    bool IsOvertaken(int shard);

    /// <summary>Notes that this process has committed up to a sequence.</summary>
    void Committed(long sequence);
}

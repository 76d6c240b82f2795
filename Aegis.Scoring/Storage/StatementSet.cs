using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>The statements of one connection; all are disposed with it.</summary>
internal sealed class StatementSet(SqliteConnection connection) : IDisposable
{
    private readonly List<Statement> _statements = [];

    /// <summary>The connection.</summary>
    public SqliteConnection Connection => connection;

    /// <summary>Prepares a statement.</summary>
    /// <exception cref="SqliteException">The text is not valid SQL for this schema.</exception>
    public Statement Prepare(string sql)
    {
        var statement = new Statement(connection, sql);
        _statements.Add(statement);
        return statement;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _statements.ForEach(statement => statement.Dispose());
        connection.Dispose();
    }
}

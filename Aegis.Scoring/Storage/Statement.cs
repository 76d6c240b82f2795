using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Aegis.Scoring.Storage;

/// <summary>A statement that is prepared once and run many times without allocating. Parameters are bound in the order
/// of their question marks.</summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private int _bound;

    /// <exception cref="SqliteException">The text is not valid SQL for this schema.</exception>
    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public Statement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, ++_bound, value));
        return this;
    }

    public Statement Bind(long? value)
    {
        Check(value is { } number
            ? raw.sqlite3_bind_int64(_statement, ++_bound, number)
            : raw.sqlite3_bind_null(_statement, ++_bound));
        return this;
    }

    public Statement Bind(double value)
    {
        Check(raw.sqlite3_bind_double(_statement, ++_bound, value));
        return this;
    }

    public Statement Bind(ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, ++_bound, value));
        return this;
    }

    public Statement Bind(string? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(_statement, ++_bound) : raw.sqlite3_bind_text(_statement, ++_bound, value));
        return this;
    }

    /// <summary>Runs the statement.</summary>
    /// <returns>The number of rows changed.</returns>
    public int Execute()
    {
        var result = raw.sqlite3_step(_statement);
        _bound = 0;
        var reset = raw.sqlite3_reset(_statement);
        Check(result == raw.SQLITE_DONE ? reset : result);
        return raw.sqlite3_changes(_database);
    }

    /// <summary>Runs the statement up to its next row. Call <see cref="Reset"/> before the next run.</summary>
    /// <returns>False if there is no further row.</returns>
    public bool Next()
    {
        var result = raw.sqlite3_step(_statement);
        Check(result is raw.SQLITE_ROW or raw.SQLITE_DONE ? raw.SQLITE_OK : result);
        return result == raw.SQLITE_ROW;
    }

    /// <summary>A whole number of the row, by column from 0 on.</summary>
    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>A number of the row, by column from 0 on.</summary>
    public double Number(int column) => raw.sqlite3_column_double(_statement, column);

    /// <summary>True if a column of the row is null.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <summary>Bytes of the row, by column from 0 on; valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>Ends a run that returned rows, and with it the run's read of the store.</summary>
    public void Reset()
    {
        _bound = 0;
        Check(raw.sqlite3_reset(_statement));
    }

    /// <summary>The key of the row inserted last.</summary>
    public long LastRow => raw.sqlite3_last_insert_rowid(_database);

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            _bound = 0;
            throw new SqliteException(raw.sqlite3_errmsg(_database).utf8_to_string(), result, raw.sqlite3_extended_errcode(_database));
        }
    }
}

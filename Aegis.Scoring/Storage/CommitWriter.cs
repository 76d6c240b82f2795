using System.Runtime.InteropServices;
using Aegis.Scoring.Commits;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Commits work for shards in one transaction: decisions, dead letters, labels, counts, parts of snapshots,
/// and the positions that fence them. One thread.</summary>
internal sealed class CommitWriter : IDisposable
{
    private readonly StatementSet _statements;
    private readonly Lock _turn;
    private readonly IForeignCommits? _others;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _rollback;
    private readonly PositionWriter _positions;
    private readonly ScoreWriter _scores;
    private readonly DecisionWriter _decisions;
    private readonly RuleMatchWriter _rules;
    private readonly ListMatchWriter _lists;
    private readonly DeadLetterWriter _deadLetters;
    private readonly LabelWriter _labels;
    private readonly SnapshotWriter _snapshots;
    private readonly CountWriter _counts;

    /// <param name="store">The store.</param>
    /// <param name="others">The commits of other processes; null if there are none.</param>
    public CommitWriter(Store store, IForeignCommits? others = null)
    {
        _others = others;
        _turn = store.Turn;
        _statements = new StatementSet(store.Connect());
        // A commit's pages stay in memory until it ends.
        _statements.Connection.Execute("PRAGMA cache_size = -65536");
        _begin = _statements.Prepare("BEGIN IMMEDIATE");
        _commit = _statements.Prepare("COMMIT");
        _rollback = _statements.Prepare("ROLLBACK");
        _positions = new PositionWriter(_statements);
        _scores = new ScoreWriter(_statements);
        _rules = new RuleMatchWriter(_statements);
        _lists = new ListMatchWriter(_statements);
        _decisions = new DecisionWriter(_statements, _rules);
        _deadLetters = new DeadLetterWriter(_statements);
        _labels = new LabelWriter(_statements);
        _snapshots = new SnapshotWriter(_statements, _positions);
        _counts = new CountWriter(_statements);
    }

    /// <summary>Stores work, all or nothing.</summary>
    /// <exception cref="FencedException">This process no longer owns a shard; nothing is stored.</exception>
    /// <exception cref="SqliteException">The store cannot be written; nothing is stored.</exception>
    public void Commit(IReadOnlyList<StoreWork> work)
    {
        lock (_turn)
        {
            CommitNow(work);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _statements.Dispose();

    private void CommitNow(IReadOnlyList<StoreWork> work)
    {
        // The first call does most of the work before the write lock, so others wait less.
        _others?.CatchUp(_statements.Connection);
        _begin.Execute();
        try
        {
            _others?.CatchUp(_statements.Connection);
            foreach (var item in work)
            {
                Write(item);
            }

            _scores.Write();
            _counts.Write();
            _rules.WriteCounts();
            _commit.Execute();
            _others?.Committed(_decisions.Newest);
        }
        catch (Exception e) when (e is SqliteException or FencedException)
        {
            _scores.Clear();
            _counts.Clear();
            _rules.Forget();
            _decisions.Forget();
            // A full disk may already have rolled the transaction back.
            if (SQLitePCL.raw.sqlite3_get_autocommit(_statements.Connection.Handle!) == 0)
            {
                _rollback.Execute();
            }

            throw;
        }
    }

    private void Write(StoreWork work)
    {
        switch (work)
        {
            case DecisionBlock block:
                Write(block);
                break;
            case SnapshotPart part:
                _snapshots.Write(part);
                break;
        }
    }

    private void Write(DecisionBlock block)
    {
        if (_others?.IsOvertaken(block.Shard) == true)
        {
            throw new FencedException(
                block.Shard, "took an id that another scoring process has decided first; it decides again what was not stored");
        }

        _positions.Advance(block);
        if (block.Published is { } counts)
        {
            _positions.Pass(block.Shard, counts);
        }

        _scores.Add(block);
        _decisions.Write(block);
        _rules.Write(block);
        _lists.Write(block);
        block.DeadLetters.ForEach(_deadLetters.Write);
        foreach (ref readonly var label in CollectionsMarshal.AsSpan(block.Labels))
        {
            _labels.Write(block.Shard, label);
        }

        _counts.Add(block);
    }
}

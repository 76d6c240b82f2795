using Aegis.Core.Budgets;
using Aegis.Core.Facts;
using Aegis.Core.Numerics;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Facts;

/// <summary>
/// The fact versions that this process's shards read. Each process itself merges what all shards have published in the
/// store. The order is fixed, so all processes get the same bits.
/// </summary>
/// <remarks>
/// If all barriers come at one interval, shards read at most two versions at a time. So two tables take turns: shards
/// read one, while the other, which nobody holds any more, takes in the new counts. Any other version is made from the
/// newest stored table before it. It gets a table of its own, which is dropped when nobody holds it.
/// </remarks>
internal sealed class FactVersions(FactStore store) : ICommitObserver, IDisposable
{
    private const int Kept = 2;

    private readonly Lock _lock = new();
    private readonly List<HeldFacts> _tables = [];
    private readonly HashSet<FactClaim> _asking = [];
    private readonly SemaphoreSlim _wake = new(0);

    /// <summary>The claims whose version is not ready.</summary>
    public IReadOnlyList<FactClaim> Asking
    {
        get
        {
            lock (_lock)
            {
                return [.. _asking];
            }
        }
    }

    /// <summary>A claim for a shard, which holds nothing yet.</summary>
    public FactClaim Claim(int shard) => new(this, shard);

    /// <summary>Signals possible work: a shard asks for a version, or a barrier was committed.</summary>
    public void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    /// <inheritdoc/>
    public void Committed(DecisionBlock block, DateTimeOffset started, DateTimeOffset ended)
    {
        if (block.Published is not null)
        {
            Wake();
        }
    }

    /// <summary>Waits for <see cref="Wake"/>, at most for the time given.</summary>
    public Task WaitAsync(TimeSpan limit, CancellationToken cancel) => _wake.WaitAsync(limit, cancel);

    /// <summary>Gives each claim its version if that version is complete. If no such claim is left, prepares the
    /// version that shards will ask for next. One thread at a time.</summary>
    /// <returns>The claims that got their version in this step.</returns>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The store cannot be read now.</exception>
    public IReadOnlyList<FactClaim> Step()
    {
        var given = new List<FactClaim>();
        var complete = store.CompleteMs();
        while (NextAsked(complete) is { } version)
        {
            Bring(TableFor(version), version);
            Give(version, given);
        }

        if (TableForNext(complete) is { } next)
        {
            Bring(next, complete);
        }

        return given;
    }

    /// <summary>The newest version that a shard reads here, and its table as bytes to return; null if no shard reads one.</summary>
    public (long VersionMs, PooledBytes Table, byte[] Trend)? Newest()
    {
        HeldFacts? newest;
        lock (_lock)
        {
            newest = _tables.Where(table => table.Readers > 0).MaxBy(table => table.VersionMs);
            if (newest is null)
            {
                return null;
            }

            newest.Readers++;
        }

        try
        {
            return (newest.VersionMs, newest.Table.ToBytes(), newest.Trend.ToBytes());
        }
        finally
        {
            lock (_lock)
            {
                newest.Readers--;
            }
        }
    }

    /// <summary>How the stream scores, at the newest version; null if no shard of this process reads one.</summary>
    public ScoreTrend? Trend()
    {
        lock (_lock)
        {
            var newest = _tables.Where(table => !table.IsChanging && table.VersionMs > 0).MaxBy(table => table.VersionMs)?.Trend;
            return newest is { VersionMs: > 0 } ? ScoreTrend.Read(newest.ToBytes()) : null;
        }
    }

    /// <summary>How many merchants and entities the newest table remembers, and how many were forgotten.</summary>
    public (int Merchants, int Entities, long Forgotten) Sizes()
    {
        lock (_lock)
        {
            var newest = _tables.Where(table => !table.IsChanging).MaxBy(table => table.VersionMs)?.Table;
            return newest is null ? default : (newest.MerchantCount, newest.EntityCount, newest.Forgotten);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _wake.Dispose();

    internal void Ask(FactClaim claim, long versionMs)
    {
        lock (_lock)
        {
            LetGo(claim);
            claim.VersionMs = versionMs;
            claim.Held = Existing(versionMs);
            if (claim.Held is { } held)
            {
                held.Readers++;
                return;
            }

            _asking.Add(claim);
        }

        Wake();
    }

    internal HeldFacts? Take(FactClaim claim)
    {
        lock (_lock)
        {
            return claim.Held;
        }
    }

    internal void Drop(FactClaim claim)
    {
        lock (_lock)
        {
            LetGo(claim);
        }
    }

    private void LetGo(FactClaim claim)
    {
        _asking.Remove(claim);
        if (claim.Held is { } held)
        {
            held.Readers--;
            claim.Held = null;
        }
    }

    private HeldFacts? Existing(long versionMs) => _tables.Find(table => table.VersionMs == versionMs && !table.IsChanging);

    /// <summary>The oldest version that a shard asks for and that is complete; null if there is none.</summary>
    private long? NextAsked(long completeMs)
    {
        lock (_lock)
        {
            var versions = _asking.Where(claim => claim.VersionMs <= completeMs).Select(claim => claim.VersionMs).ToList();
            return versions.Count == 0 ? null : versions.Min();
        }
    }

    /// <summary>A table to bring to a version: one that nobody holds and that is not beyond the version, or a new one.</summary>
    private HeldFacts TableFor(long versionMs)
    {
        lock (_lock)
        {
            var free = _tables.Where(table => table.Readers == 0 && table.VersionMs <= versionMs).MaxBy(table => table.VersionMs)
                ?? Added();
            free.IsChanging = true;
            return free;
        }
    }

    /// <summary>A table for the version that the next barrier will name, if no shard waits for another version; null if
    /// there is nothing to do.</summary>
    private HeldFacts? TableForNext(long completeMs)
    {
        lock (_lock)
        {
            while (_tables.Count > Kept && _tables.Where(table => table.Readers == 0).MinBy(table => table.VersionMs) is { } unused)
            {
                _tables.Remove(unused);
            }

            if (_asking.Count > 0 || _tables.Count == 0 || _tables.Exists(table => table.VersionMs >= completeMs))
            {
                return null;
            }

            var free = _tables.Where(table => table.Readers == 0).MinBy(table => table.VersionMs)
                ?? (_tables.Count < Kept ? Added() : null);
            free?.IsChanging = true;
            return free;
        }
    }

    private HeldFacts Added()
    {
        var added = new HeldFacts();
        _tables.Add(added);
        return added;
    }

    private void Bring(HeldFacts held, long versionMs)
    {
        try
        {
            var (table, trend) = store.Bring(held.Table, held.Trend, held.VersionMs, versionMs);
            lock (_lock)
            {
                (held.Table, held.Trend, held.VersionMs, held.IsChanging) = (table, trend, versionMs, false);
            }
        }
        catch
        {
            // The table may hold half of the new counts.
            lock (_lock)
            {
                _tables.Remove(held);
            }

            throw;
        }
    }

    private void Give(long versionMs, List<FactClaim> given)
    {
        lock (_lock)
        {
            var held = Existing(versionMs)!;
            foreach (var claim in _asking.Where(claim => claim.VersionMs == versionMs).ToList())
            {
                _asking.Remove(claim);
                claim.Held = held;
                held.Readers++;
                given.Add(claim);
            }
        }
    }
}

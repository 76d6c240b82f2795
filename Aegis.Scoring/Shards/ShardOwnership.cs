using System.Collections.Concurrent;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Streams.Leases;
using Aegis.Streams.Redis;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Shards;

/// <summary>Keeps this process's share of the shards: takes over those that are free, and gives up those that are
/// another's share.</summary>
internal sealed partial class ShardOwnership(
    ShardLeases leases, ShardRecovery recovery, OtherShards others, Caretaker caretaker, StreamOptions streams, TimeProvider time,
    ILogger<ShardOwnership> logger) : ICommitObserver
{
    private const int RenewalsPerLease = 6;

    private readonly ConcurrentQueue<ShardChange> _changes = [];
    private readonly ConcurrentDictionary<int, State> _shards = new();
    private readonly ConcurrentDictionary<int, long> _epochs = new();
    private readonly ConcurrentDictionary<int, ShardWorker> _givenUp = new();
    private volatile bool _hasShare;
    private string? _fault;

    private enum State
    {
        Free,
        Recovering,
        Owned,
        GivingUp,
        GivenUp,
    }

    /// <summary>True once this process owns its share and reads it.</summary>
    public bool IsSettled => _hasShare && _changes.IsEmpty;

    /// <summary>The reason why no shard can be owned at the moment; null if all is well.</summary>
    public string? Fault => LogFault ?? _fault;

    /// <summary>Why the log of a shard cannot be read on, which an operator must mend; null if every log is whole.</summary>
    public string? LogFault { get; private set; }

    /// <summary>The number of live scoring processes.</summary>
    public int Members { get; private set; } = 1;

    /// <summary>True if this process decides the shard.</summary>
    public bool Owns(int shard) => _shards.GetValueOrDefault(shard, State.Free) == State.Owned;

    /// <summary>The next change for the reader.</summary>
    public bool TryTakeChange(out ShardChange change) => _changes.TryDequeue(out change);

    /// <inheritdoc/>
    public void Refused(int shard, long epoch) => Lose(shard, epoch);

    /// <summary>Gives up a shard whose work was refused. It can be taken over again once the lane has none of its work left.</summary>
    private void Lose(int shard, long epoch)
    {
        if (_epochs.GetValueOrDefault(shard) == epoch && _shards.TryUpdate(shard, State.GivingUp, State.Owned))
        {
            NoteCaretaker();
            _changes.Enqueue(new ShardChange(shard, null));
        }
    }

    /// <summary>Notes that the reader no longer reads a shard. Its lease goes when all its work is committed.</summary>
    public void GivenUp(ShardWorker worker, Task committed)
    {
        _givenUp[worker.State.Shard] = worker;
        committed.ContinueWith(
            _ => _shards.TryUpdate(worker.State.Shard, State.GivenUp, State.GivingUp), CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Renews the leases until stopped.</summary>
    /// <exception cref="ReplacedException">Another process runs as this instance.</exception>
    /// <exception cref="StoreException">A shard cannot be rebuilt.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds((double)streams.LeaseMs / RenewalsPerLease), time);
        try
        {
            do
            {
                await TryAsync(() => RoundAsync(stopping));
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Leases stay until everything decided is committed: see LeaveAsync.
        }
    }

    /// <summary>Gives all shards up, so that the other processes take over at once.</summary>
    public async Task LeaveAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        try
        {
            await TryAsync(() => leases.ReleaseAsync(_shards.Keys, isLeaving: true, limit.Token));
        }
        catch (OperationCanceledException)
        {
            // Redis does not answer: the leases expire by themselves.
        }
    }

    private async Task RoundAsync(CancellationToken stopping)
    {
        var broken = await LoseBrokenAsync(stopping);
        var done = _shards.Where(s => s.Value == State.GivenUp).Select(s => s.Key).ToList();
        if (done.Count > 0)
        {
            await WhileRenewingAsync(_ => Task.Run(() => others.Watch(done), CancellationToken.None), stopping);
            done.ForEach(Forget);
            await leases.ReleaseAsync(done, isLeaving: false, stopping);
            done.ForEach(shard => _shards.TryRemove(shard, out _));
        }

        if (broken.Count == streams.ShardCount)
        {
            // Another process may own this log by right: it is not joined.
            _hasShare = false;
            return;
        }

        IReadOnlyCollection<int> share = [];
        var round = await leases.RenewAsync(members =>
        {
            share = [.. Enumerable.Range(0, streams.ShardCount).Where(shard => members[shard % members.Count] == leases.Holder.Token)
                .Except(broken.Keys)];
            return [.. share.Union(_shards.Where(s => s.Value is State.Owned or State.GivingUp).Select(s => s.Key))];
        }, stopping);
        if (round.ReplacedBy is { } other)
        {
            throw new ReplacedException(other);
        }

        Members = round.Members.Count;
        foreach (var shard in _shards.Where(s => s.Value == State.Owned && !round.Held.Contains(s.Key)).Select(s => s.Key).ToList())
        {
            LogLost(shard);
            Lose(shard, _epochs[shard]);
        }

        foreach (var shard in _shards.Where(s => s.Value == State.Owned && !share.Contains(s.Key)).Select(s => s.Key).ToList())
        {
            LogGivingUp(shard, Members);
            _shards[shard] = State.GivingUp;
            NoteCaretaker();
            _changes.Enqueue(new ShardChange(shard, null));
        }

        if (Members > 1)
        {
            // The other processes' decisions are known here before this process decides, whoever owns their shards next.
            var free = Enumerable.Range(0, streams.ShardCount).Where(shard => _shards.GetValueOrDefault(shard, State.Free) == State.Free)
                .ToList();
            await WhileRenewingAsync(_ => Task.Run(() => others.Watch(free), CancellationToken.None), stopping);
        }

        await TakeOverAsync(
            [.. share.Where(shard => round.Held.Contains(shard) && _shards.GetValueOrDefault(shard, State.Free) == State.Free)], stopping);
        _hasShare = broken.Count == 0 && share.All(shard => _shards.GetValueOrDefault(shard, State.Free) == State.Owned);
    }

    /// <summary>Gives up the shards whose logs are broken: what was read from a whole log is still committed.</summary>
    private async Task<IReadOnlyDictionary<int, string>> LoseBrokenAsync(CancellationToken stopping)
    {
        var broken = await recovery.BrokenAsync(stopping);
        var fault = broken.Count > 1 ? $"{broken.Values.First()} So it is with {broken.Count} shards." : broken.Values.FirstOrDefault();
        if (fault is not null && LogFault is null)
        {
            LogBroken(fault);
        }

        LogFault = fault;
        foreach (var shard in broken.Keys)
        {
            Lose(shard, _epochs.GetValueOrDefault(shard));
        }

        return broken;
    }

    /// <summary>Rebuilds shards. None is read before all are rebuilt, so each id that one of them has decided is known
    /// to the others.</summary>
    private async Task TakeOverAsync(IReadOnlyCollection<int> shards, CancellationToken stopping)
    {
        foreach (var shard in shards)
        {
            _shards[shard] = State.Recovering;
        }

        var rebuilt = new List<ShardWorker>();
        try
        {
            foreach (var shard in shards)
            {
                await WhileRenewingAsync(
                    async cancel => rebuilt.Add(await Task.Run(() => recovery.TakeOverAsync(shard, cancel), CancellationToken.None)),
                    stopping);
                others.Leave(shard);
            }
        }
        finally
        {
            foreach (var worker in rebuilt)
            {
                _epochs[worker.State.Shard] = worker.State.Epoch;
                _shards[worker.State.Shard] = State.Owned;
                NoteCaretaker();
                _changes.Enqueue(new ShardChange(worker.State.Shard, worker));
            }

            // If one failed, the next round takes up that shard and those after it.
            foreach (var shard in shards)
            {
                _shards.TryUpdate(shard, State.Free, State.Recovering);
            }
        }
    }

    /// <summary>Does work that may outlast a lease, and renews the leases meanwhile.</summary>
    private async Task WhileRenewingAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var working = work(giveUp.Token);
        try
        {
            while (await Task.WhenAny(working, Task.Delay(streams.LeaseMs / RenewalsPerLease, stopping)) != working)
            {
                await leases.RenewAsync(_ => [.. _shards.Where(s => s.Value != State.Free).Select(s => s.Key)], stopping);
            }
        }
        catch
        {
            await giveUp.CancelAsync();
            await working.ContinueWith(
                task => task.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }

        await working;
    }

    private void NoteCaretaker() => caretaker.IsHere = Owns(0);

    private void Forget(int shard)
    {
        if (_givenUp.TryRemove(shard, out var worker))
        {
            worker.State.Leave();
        }
    }

    private async Task TryAsync(Func<Task> round)
    {
        try
        {
            await round();
            _fault = null;
        }
        catch (Exception e) when (e is RedisException or SqliteException or LogBrokenException)
        {
            // Owned shards go on meanwhile, because the store's fence keeps two owners apart. A store that is not
            // writable may recover.
            _fault = e.Message;
        }
    }

    [LoggerMessage(2104, LogLevel.Warning, "The lease of shard {Shard} went to another process")]
    private partial void LogLost(int shard);

    [LoggerMessage(2112, LogLevel.Critical, "Nothing more is decided from a broken log. {Reason}")]
    private partial void LogBroken(string reason);

    [LoggerMessage(2105, LogLevel.Information, "Giving shard {Shard} up: {Members} processes share the shards now")]
    private partial void LogGivingUp(int shard, int members);
}

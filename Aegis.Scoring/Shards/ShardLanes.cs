using System.Collections.Concurrent;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Streams.Entries;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Shards;

/// <summary>The shards that this process reads, spread over as many lanes as there are cores. A shard stays in its lane.</summary>
internal sealed class ShardLanes(
    StoreWriter storeWriter, ReplyPublisher replies, ShardOwnership ownership, RecentDecisions recent, StreamOptions streams,
    IOptions<ScoringOptions> options)
{
    private readonly ConcurrentDictionary<int, OwnedShard> _shards = new();
    private readonly Lane[] _lanes = new Lane[Math.Min(Environment.ProcessorCount, streams.ShardCount)];

    /// <summary>True if a lane has failed.</summary>
    public bool HasEnded => _lanes.Any(lane => lane.IsEnded);

    /// <summary>The stamp of the oldest entry that was read and waits for facts, Unix milliseconds;
    /// <see cref="long.MaxValue"/> if none waits.</summary>
    public long WaitingSinceMs
    {
        get
        {
            var oldest = long.MaxValue;
            foreach (var (_, shard) in _shards)
            {
                oldest = shard.Waiting.SinceMs is > 0 and var since ? Math.Min(oldest, since) : oldest;
            }

            return oldest;
        }
    }

    /// <summary>Starts the lanes.</summary>
    public void Start()
    {
        for (var lane = 0; lane < _lanes.Length; lane++)
        {
            _lanes[lane] = new Lane(storeWriter, replies);
        }
    }

    /// <summary>Ends when everything offered is decided.</summary>
    public Task FinishAsync() => Task.WhenAll(_lanes.Select(lane => lane.FinishAsync()));

    /// <summary>Begins to read shards that were taken over, and ceases to read those given up or lost.</summary>
    /// <param name="positions">Each shard's position, from which it is read on. This method adds and removes shards.</param>
    /// <param name="stopping">Ends the wait for a full lane.</param>
    public async Task ChangeAsync(Dictionary<int, LogPosition> positions, CancellationToken stopping)
    {
        while (ownership.TryTakeChange(out var change))
        {
            if (change.TakenOver is { } worker)
            {
                _shards[change.Shard] = new OwnedShard(worker, new SnapshotTaker(worker.State, recent, options.Value.SnapshotEntries));
                positions[change.Shard] = worker.State.Position;
                await GoOnAsync(change.Shard, stopping);
            }
            else if (_shards.TryRemove(change.Shard, out var shard))
            {
                positions.Remove(change.Shard);
                await LaneOf(change.Shard).OfferAsync(shard, owned => GiveUpAsync(owned), stopping);
            }
        }
    }

    /// <summary>Hands entries to their shard's lane. Waits while the lane is full.</summary>
    public ValueTask OfferAsync(ShardEntries entries, long readAtMicroseconds, CancellationToken stopping) =>
        LaneOf(entries.Shard).OfferAsync(_shards[entries.Shard], entries, readAtMicroseconds, stopping);

    /// <summary>Tells a shard's lane to go on, because the facts that the shard waits for are there.</summary>
    public ValueTask GoOnAsync(int number, CancellationToken cancel) => _shards.TryGetValue(number, out var shard)
        ? LaneOf(number).OfferAsync(shard, LaneOf(number).GoOnAsync, cancel)
        : ValueTask.CompletedTask;

    /// <summary>The shards to read. A shard that waits for facts and has enough entries is left out: the log keeps what
    /// it cannot take in yet.</summary>
    public Dictionary<int, LogPosition> Open(Dictionary<int, LogPosition> positions)
    {
        foreach (var (_, shard) in _shards)
        {
            if (shard.Waiting.IsFull)
            {
                return positions.Where(position => !_shards[position.Key].Waiting.IsFull).ToDictionary();
            }
        }

        return positions;
    }

    /// <summary>Reports the state of each shard, from its lane's thread.</summary>
    public async Task<IReadOnlyList<ShardReport>> ReportAsync(bool withFingerprint, CancellationToken cancel)
    {
        var reports = new List<ShardReport>();
        foreach (var (number, shard) in _shards.OrderBy(s => s.Key))
        {
            var done = new TaskCompletionSource<ShardReport>(TaskCreationOptions.RunContinuationsAsynchronously);
            await LaneOf(number).OfferAsync(shard, owned =>
            {
                done.TrySetResult(owned.Worker.State.ToReport(withFingerprint));
                return ValueTask.CompletedTask;
            }, cancel);
            reports.Add(await done.Task.WaitAsync(cancel));
        }

        return reports;
    }

    private async ValueTask GiveUpAsync(OwnedShard shard)
    {
        shard.Waiting.Clear();
        shard.Worker.State.LetGo();
        var mark = new ReleaseMark { Shard = shard.Worker.State.Shard, Epoch = shard.Worker.State.Epoch };
        await storeWriter.WriteAsync(mark, CancellationToken.None);
        ownership.GivenUp(shard.Worker, mark.Done);
    }

    private Lane LaneOf(int shard) => _lanes[shard % _lanes.Length];
}

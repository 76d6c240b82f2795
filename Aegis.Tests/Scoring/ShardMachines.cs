using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Shards;
using Aegis.Scoring.Storage;
using Aegis.Streams.Entries;

namespace Aegis.Tests.Scoring;

/// <summary>
/// Two processes that share the shards of one log, on one thread: who decides, who commits, who merges facts and who dies next is drawn at
/// random.
/// </summary>
internal sealed class ShardMachines(
    ShardHarness harness, List<(LogPosition Position, string Field, byte[] Value)>[] log, ulong seed, double deaths) : IDisposable
{
    private const int Processes = 2;
    private const int MaxSteps = 400_000;

    private readonly CommitWriter _writer = new(harness.Store);
    private readonly ShardProcess[] _services = [.. Enumerable.Range(0, Processes).Select(_ => harness.NewProcess())];
    private readonly Owned[] _shards = new Owned[log.Length];
    private SeededRandom _random = new(seed);

    /// <summary>How often a process died.</summary>
    public int Deaths { get; private set; }

    /// <summary>Goes on until everything is decided and committed.</summary>
    /// <returns>The fingerprint of each shard.</returns>
    public IReadOnlyList<ulong> Run()
    {
        for (var shard = 0; shard < log.Length; shard++)
        {
            TakeOver(shard, _random.NextInt(Processes));
        }

        for (var step = 0; !IsDone(); step++)
        {
            Assert.True(step < MaxSteps, $"seed {seed}: stuck at {string.Join(", ", _shards.Select((s, i) => $"{i}: {s.Worker.State.Position}, waiting {s.Worker.State.IsWaiting}"))}");
            Step();
        }

        return [.. _shards.Select(shard => shard.Worker.State.Fingerprint)];
    }

    public void Dispose() => _writer.Dispose();

    private bool IsDone() => Enumerable.Range(0, log.Length).All(shard =>
        _shards[shard] is var owned && owned.Pending.Count == 0 && !owned.Worker.State.IsWaiting
            && owned.Worker.State.Position == log[shard][^1].Position);

    private void Step()
    {
        var shard = _random.NextInt(log.Length);
        switch (_random.NextDouble())
        {
            case var draw when draw < deaths:
                Die(_random.NextInt(Processes));
                break;
            case < 0.1:
                _services[_random.NextInt(Processes)].Facts.Step();
                break;
            case < 0.35:
                Commit(_shards[shard]);
                break;
            default:
                Decide(shard);
                break;
        }
    }

    private void Decide(int shard)
    {
        var owned = _shards[shard];
        var next = log[shard].FindIndex(entry => entry.Position > owned.Worker.State.Position);
        if (owned.Worker.State.HasFacts() && next >= 0)
        {
            // Some of them may have been given before, up to where the shard had to wait.
            var first = Math.Max(0, next - _random.NextInt(3));
            owned.Pending.AddRange(
                owned.Worker.Process(
                    ShardEntries.Of(shard, [.. log[shard].Skip(first).Take(3 + _random.NextInt(60))]), readAtMicroseconds: 0));
        }
    }

    private void Commit(Owned owned)
    {
        var count = Math.Min(owned.Pending.Count, 1 + _random.NextInt(3));
        _writer.Commit([.. owned.Pending.Take(count)]);
        owned.Pending.Take(count).ToList().ForEach(block => block.LabelsCommitted?.Add(block.Labels.Count));
        owned.Pending.RemoveRange(0, count);
    }

    /// <summary>What was not committed is lost; the shards go to either process.</summary>
    private void Die(int process)
    {
        Deaths++;
        _services[process] = harness.NewProcess();
        foreach (var shard in Enumerable.Range(0, log.Length).Where(shard => _shards[shard].Process == process).ToList())
        {
            TakeOver(shard, _random.NextInt(Processes));
        }
    }

    private void TakeOver(int shard, int process)
    {
        var worker = harness.Worker(shard, _services[process]);
        var position = harness.Store.Shards()[shard].Position;
        var decided = log[shard].Where(entry => entry.Position <= position).ToList();
        if (decided.Count > 0)
        {
            worker.Recover(ShardEntries.Of(shard, decided), new KnownOutcomes(
                new HashSet<(LogPosition, int)>(), _services[process].Labels.After(shard, LogPosition.Start)));
        }

        worker.State.AskForFacts();
        _shards[shard] = new Owned(process, worker);
    }

    private sealed record Owned(int Process, ShardWorker Worker)
    {
        public List<DecisionBlock> Pending { get; } = [];
    }
}

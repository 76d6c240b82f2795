using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Facts;
using Aegis.Core.Numerics;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Storage;
using Aegis.Streams.Reading;

namespace Aegis.Scoring.Shards;

/// <summary>Makes the histories of broken shards from stored decisions, so that deciding goes on with a log that was cut or replaced.
/// What it makes is stored as a snapshot, which the next owner of the shard begins with.</summary>
internal sealed partial class LogRebuild(
    Store store, SnapshotStore snapshots, StoredPayments payments, ShardStates states, LogGuard guard, LogMarks marks,
    ILogger<LogRebuild> logger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Rebuilds the shards whose logs are broken. It does nothing if none is.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The store cannot be used now; nothing is changed that a second call
    /// would not mend.</exception>
    /// <exception cref="Streams.Redis.RedisException">Redis cannot be used now; the same holds.</exception>
    public async Task<RebuiltLog> RunAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var broken = await guard.BrokenAsync(cancel);
            var made = broken.Keys.Select(shard => new Rebuilt(shard, store.TakeOver(shard), states)).ToDictionary(one => one.Shard);
            payments.Read((in StoredPayment payment) => made.GetValueOrDefault(payment.Shard)?.Add(payment), cancel);
            foreach (var one in made.Values)
            {
                await FinishAsync(one, cancel);
            }

            return new RebuiltLog([.. made.Values.Select(one => one.ToReport())], made.Count == 0 ? [] : NotRebuilt);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private static IReadOnlyList<string> NotRebuilt =>
    [
        "Payments that were sent as a card's history, and decisions that retention has deleted: their cards begin with what is stored.",
        "Payments that were accepted and not decided before the log was lost.",
        "Counts of merchants and of known frauds since the last barrier; the facts before it are kept.",
        "Thresholds set by hand since the last snapshot: set them again if the model's own are not wanted.",
        "Models and rate tables that came into force after a shard's last decision: bring them into force again.",
    ];

    private async Task FinishAsync(Rebuilt one, CancellationToken cancel)
    {
        var (state, stored) = (one.State, one.Stored);
        try
        {
            state.Histories.Counts = new FactCounts();
            var counts = state.Histories.Counts.ToBytes();
            state.Use(new FactsState(stored.BarrierMs, stored.FactsMs, counts.Memory));
            counts.Return();
            state.Use(VersionsOf(one));
            state.MoveTo(stored.Position);
            if (stored.Position > LogPosition.Start)
            {
                StoreSnapshot(state);
            }

            await marks.ReplaceAsync(one.Shard, new LogMark(store.Identity, stored.Position), cancel);
            LogRebuilt(one.Shard, state.Histories.Cards.Count, one.Payments, stored.Position);
        }
        finally
        {
            state.Leave();
        }
    }

    /// <summary>The versions of the last snapshot, but for a model or rate table that decided after it, and with the rules and
    /// lists of the last changes.</summary>
    private VersionsInForce VersionsOf(Rebuilt one)
    {
        var kept = one.Stored.Snapshot > LogPosition.Start
            && SnapshotState.TryRead(snapshots.Parts(one.Shard, SnapshotKind.State, one.Stored.Snapshot)[0].Data) is { } snapshot
            ? snapshot.Versions
            : one.State.Versions;
        var rates = one.LastRates is { } last && one.State.RatesOf(last) is not null ? last : kept.Rates;
        kept = one.State.NewestRules() is { } newest ? kept with { Rules = newest.Version, RulesRevision = newest.Revision } : kept;
        kept = kept with { ListsRevision = one.State.NewestLists() };
        return one.LastModel is { } model && model != kept.Model && one.State.Knows(model)
            ? kept with { Model = model, ReviewAt = null, DeclineAt = null, Rates = rates }
            : kept with { Rates = rates };
    }

    private void StoreSnapshot(ShardState state)
    {
        var taker = new SnapshotTaker(state, new RecentDecisions(), int.MaxValue);
        taker.Begin();
        store.DropSnapshot(state.Shard, state.Epoch);
        using var writer = new CommitWriter(store);
        while (taker.TryNext(out var part))
        {
            writer.Commit([part]);
            part.Return?.Invoke();
        }
    }

    [LoggerMessage(2113, LogLevel.Warning,
        "Shard {Shard} was rebuilt from stored decisions: {Cards} cards, {Payments} payments up to {Position}")]
    private partial void LogRebuilt(int shard, int cards, long payments, LogPosition position);

    /// <summary>One shard while it is rebuilt.</summary>
    private sealed class Rebuilt(int shard, StoredShard stored, ShardStates states)
    {
        public int Shard => shard;

        public StoredShard Stored => stored;

        public ShardState State { get; } = states.Create(shard, stored.Epoch, stored.Decisions);

        public long Payments { get; private set; }

        public string? LastModel { get; private set; }

        public string? LastRates { get; private set; }

        private DateTimeOffset? From { get; set; }

        public void Add(in StoredPayment stored)
        {
            var transaction = stored.Transaction;
            if (stored.Rates != LastRates)
            {
                LastRates = stored.Rates;
                State.Histories.Rates = State.RatesOf(stored.Rates) ?? State.Histories.Rates;
            }

            var payment = transaction.ToPayment(State.Histories.Rates, StableHash.Hash64(transaction.CardToken));
            State.Histories.Add(payment);
            State.Ids.Settle(TransactionKey.Of(transaction), transaction.EventTimeMs / 1_000);
            foreach (var (isFraud, atMs) in new[] { (true, stored.FraudAtMs), (false, stored.GenuineAtMs) })
            {
                if (atMs > 0)
                {
                    State.Histories.AddLabel(payment.Labelled(isFraud, atMs));
                }
            }

            Payments++;
            LastModel = stored.Model;
            var time = DateTimeOffset.FromUnixTimeMilliseconds(transaction.EventTimeMs);
            From = From < time ? From : time;
        }

        public RebuiltShard ToReport() => new(Shard, State.Histories.Cards.Count, Payments, From, Stored.Position.ToString());
    }
}

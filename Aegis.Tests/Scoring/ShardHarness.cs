using Aegis.Core.Decisions;
using Aegis.Core.Facts;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Bundles;
using Aegis.Scoring;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Scoring.Models;
using Aegis.Scoring.Shards;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Streams.Entries;
using Aegis.Tests.MachineLearning;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Aegis.Tests.Scoring;

/// <summary>A store in a folder of its own, workers for a shard of it, and entries of that shard.</summary>
internal sealed class ShardHarness : IDisposable
{
    public const int Shard = 1;

    private readonly string _folder = Repository.TemporaryFolder();
    private long _sequence;

    public ShardHarness(SmallModel small, int rememberedIds = 10_000)
    {
        var options = new ScoringOptions { StorePath = Path.Combine(_folder, "aegis.db"), ModelPath = Path.Combine(_folder, "small.aegis"),
            RememberedIds = rememberedIds };
        File.WriteAllBytes(options.ModelPath, FraudModelFile.Write(small.Model));
        Options = options;
        Store = Store.Open(options.StorePath, SmallModel.Shards);
        Models = new ModelRegistry(
            new OptionsWrapper<ScoringOptions>(options), new StreamOptions { ShardCount = SmallModel.Shards }, Store);
        Index = new DecisionIndex(Recent);
        Decisions = new DecisionStore(Store, Index);
        Services = NewProcess();
    }

    public ScoringOptions Options { get; }

    public Store Store { get; }

    public ModelRegistry Models { get; }

    public RecentDecisions Recent { get; } = new();

    public DecisionIndex Index { get; }

    public DecisionStore Decisions { get; }

    public ShardProcess Services { get; }

    public PatientReads Reads { get; } = new(TimeProvider.System, NullLogger<PatientReads>.Instance);

    /// <summary>What a process of its own would have.</summary>
    public ShardProcess NewProcess() => new(this);

    /// <summary>What a process knows of the ids that others have decided.</summary>
    public OtherShards Others(ShardProcess process) => new(Store, process.Ids, new StreamOptions { ShardCount = SmallModel.Shards });

    /// <summary>A worker that has taken the shard over and remembers nothing.</summary>
    public ShardWorker Worker(ShardProcess? services = null) => Worker(Shard, services ?? Services);

    /// <summary>The same of another shard.</summary>
    public ShardWorker Worker(int shard, ShardProcess services) => services.Workers.Create(shard, Store.TakeOver(shard).Epoch);

    /// <summary>Decides entries and gives the blocks, not returned to the pool.</summary>
    public static List<DecisionBlock> Process(ShardWorker worker, params (LogPosition Position, string Field, byte[] Value)[] entries) =>
        [.. worker.Process(ShardEntries.Of(Shard, entries), readAtMicroseconds: 0)];

    /// <summary>All decisions of blocks, as objects.</summary>
    public static List<Decision> Made(IEnumerable<DecisionBlock> blocks) =>
        [.. blocks.SelectMany(
            block => Enumerable.Range(0, block.Count).Select(row => block.ToDecision(row, null, [], [], DateTimeOffset.UnixEpoch)))];

    public static Transaction InShard(string id) => TestTransactions.Valid(id, CardsOf(Shard).First());

    public static IEnumerable<string> CardsOf(int shard) => Cards().Where(card => StableHash.ShardOf(card, SmallModel.Shards) == shard);

    public static Transaction NotInShard() =>
        TestTransactions.Valid("elsewhere", Cards().First(card => StableHash.ShardOf(card, SmallModel.Shards) != Shard));

    public (LogPosition, string, byte[]) Entry(Transaction transaction) => Entry([transaction], isHistory: false);

    public (LogPosition, string, byte[]) Entry(IReadOnlyList<Transaction> transactions, bool isHistory) =>
        Raw(MessageCodec.BinaryField, MessageCodec.Encode(new LogMessage(transactions, isHistory, TestTransactions.Noon, null)));

    public (LogPosition, string, byte[]) Raw(string field, byte[] value) =>
        (new LogPosition(TestTransactions.Noon.AddHours(1).ToUnixTimeMilliseconds(), ++_sequence), field, value);

    /// <summary>The entry of a barrier.</summary>
    public (LogPosition, string, byte[]) Barrier(long intervalEndMs, long readsMs) =>
        Raw(ControlEntry.Field, ControlEntry.Of(new FactBarrier(intervalEndMs, readsMs)).ToJson());

    /// <summary>Has every shard but the harness's own pass all barriers.</summary>
    public void PassBarriersElsewhere()
    {
        using var connection = Store.Connect();
        connection.Execute("UPDATE shards SET barrier_ms = @last WHERE shard <> @Shard", new { last = long.MaxValue, Shard });
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static IEnumerable<string> Cards() => Enumerable.Range(0, 10_000).Select(i => $"card-{i}");
}

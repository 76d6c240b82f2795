using Aegis.Core.Decisions;
using Aegis.Core.Detection;
using Aegis.Core.Transactions;
using Aegis.Scoring.Consumption;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Tests.Core;
using System.Text;

namespace Aegis.Tests.Scoring;

public sealed class ShardWorkerTests(SmallModel small) : IClassFixture<SmallModel>
{
    private const int Shard = 1;
    private readonly DuplicateIndex _duplicates = new();
    private long _sequence;

    [Fact]
    public void Process_OfGoodEntry_DecidesItWithEverythingToRepeatIt()
    {
        var transaction = InShard("a");
        var batch = Worker().Process([Entry(transaction)], TestTransactions.Noon);
        var decision = Assert.Single(batch.Decisions).Decision;
        Assert.Equal(transaction, decision.Transaction);
        Assert.Equal(decision.Assessment, new FraudDetector(small.Model).Assess(decision.Features));
        Assert.Equal(decision.Outcome, small.Model.Policy.Decide(decision.Assessment.Risk));
        Assert.Equal(32, decision.TraceId.Length);
    }

    [Fact]
    public void Process_OfSameTransactionTwice_DecidesOnce()
    {
        var worker = Worker();
        var batch = worker.Process([Entry(InShard("a")), Entry(InShard("a"))], TestTransactions.Noon);
        Assert.Single(batch.Decisions);
        Assert.Equal(1, batch.Duplicates);
    }

    [Fact]
    public void Process_OfSameIdWithOtherContent_IsADeadLetter()
    {
        var batch = Worker().Process([Entry(InShard("a")), Entry(InShard("a") with { AmountMinor = 7 })], TestTransactions.Noon);
        Assert.Single(batch.Decisions);
        Assert.Contains("id is 'a'", Assert.Single(batch.DeadLetters).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Process_OfPoison_CostsNothingButItself()
    {
        LogEntry[] entries =
        [
            Entry(InShard("a")),
            Raw("b", [9, 9, 9]),
            Raw("b", []),
            Raw("unknown", "4111111111111111"u8.ToArray()),
            Raw("json", "{\"id\":"u8.ToArray()),
            Raw("json", "{\"id\":\"x\"}"u8.ToArray()),
            Raw("json", "{\"id\":\"\\ud800\"}"u8.ToArray()),
            Raw("json", "{\"id\":\"\\u0034111111111111111\"}"u8.ToArray()),
            Entry(InShard("far") with { EventTime = TestTransactions.Noon.AddYears(900) }),
            Entry(NotInShard()),
            Entry(InShard("z")),
        ];
        var batch = Worker().Process(entries, TestTransactions.Noon);
        Assert.Equal(["a", "z"], batch.Decisions.Select(d => d.Decision.Transaction.Id));
        Assert.Equal(9, batch.DeadLetters.Count);
        Assert.Equal(entries[^1].Position, batch.To);
        Assert.All(batch.DeadLetters, letter => Assert.NotEmpty(letter.Reason));
        Assert.DoesNotContain(batch.DeadLetters, letter => Encoding.UTF8.GetString(letter.Payload).Contains("111111111111111", StringComparison.Ordinal));
    }

    [Fact]
    public void Process_OfHistory_FeedsTheCardAndDecidesNothing()
    {
        var history = Enumerable.Range(1, 30).Select(i => InShard($"h-{i}") with { EventTime = TestTransactions.Noon.AddDays(-i) }).ToList();
        var worker = Worker();
        var batch = worker.Process([Entry(history, isHistory: true)], TestTransactions.Noon);
        Assert.Empty(batch.Decisions);
        Assert.Equal(30, batch.History);
        var decided = worker.Process([Entry(InShard("now"))], TestTransactions.Noon).Decisions[0].Decision;
        Assert.Equal(Math.Log(31), decided.Features[(int)Aegis.Core.Features.Feature.CardAge], 4);
    }

    [Fact]
    public void Recover_ThenProcess_DecidesAsIfNeverInterrupted()
    {
        var entries = Enumerable.Range(0, 40).Select(i => Entry(InShard($"t-{i}") with { EventTime = TestTransactions.Noon.AddMinutes(i - 60), AmountMinor = 1_000 + (i * 37) })).ToList();
        var straight = Worker().Process(entries, TestTransactions.Noon).Decisions;
        var recovered = new ShardWorker(Shard, SmallModel.Shards, small.Model, CurrencyRates.Default, new DuplicateIndex(), new DecisionWaiters(), TimeProvider.System);
        recovered.Recover(entries.Take(25));
        var rest = recovered.Process([.. entries.Skip(25)], TestTransactions.Noon);
        Assert.Equal(entries[24].Position, rest.From);
        Assert.Equal(straight.Skip(25).Select(d => d.Decision.Assessment), rest.Decisions.Select(d => d.Decision.Assessment));
        Assert.Equal(straight.Skip(25).Select(d => d.Decision.TraceId), rest.Decisions.Select(d => d.Decision.TraceId));
    }

    [Fact]
    public void Recover_AfterAnImpostor_KeepsTheIdWithWhomTheStoreDecided()
    {
        // The impostor's entry is read first on recovery; the store says that the other was decided.
        _duplicates.Load([InShard("a")]);
        var worker = Worker();
        worker.Recover([Entry(InShard("a") with { AmountMinor = 7 })]);
        Assert.Equal(Novelty.New, _duplicates.Register(InShard("a")));
        _duplicates.EndRecovery();
        Assert.Equal(Novelty.Duplicate, _duplicates.Look(InShard("a")));
        Assert.Equal(Novelty.Conflict, _duplicates.Look(InShard("a") with { AmountMinor = 7 }));
    }

    [Fact]
    public async Task Process_TellsWhoWaits()
    {
        var waiters = new DecisionWaiters();
        var worker = new ShardWorker(Shard, SmallModel.Shards, small.Model, CurrencyRates.Default, _duplicates, waiters, TimeProvider.System);
        using var mine = waiters.Register(InShard("a"));
        using var alsoMine = waiters.Register(InShard("a"));
        using var impostor = waiters.Register(InShard("a") with { AmountMinor = 7 });
        worker.Process([Entry(InShard("a")), Entry(InShard("a") with { AmountMinor = 7 })], TestTransactions.Noon);
        Assert.Equal("a", (await mine.Result).Decision!.Transaction.Id);
        Assert.Equal("a", (await alsoMine.Result).Decision!.Transaction.Id);
        Assert.True((await impostor.Result).IsConflict);
    }

    private ShardWorker Worker() => new(Shard, SmallModel.Shards, small.Model, CurrencyRates.Default, _duplicates, new DecisionWaiters(), TimeProvider.System);

    internal static Transaction InShard(string id) => TestTransactions.Valid(id, Cards().First(card => StableHash.ShardOf(card, SmallModel.Shards) == Shard));

    private static Transaction NotInShard() => TestTransactions.Valid("elsewhere", Cards().First(card => StableHash.ShardOf(card, SmallModel.Shards) != Shard));

    private static IEnumerable<string> Cards() => Enumerable.Range(0, 1_000).Select(i => $"card-{i}");

    private LogEntry Entry(Transaction transaction) => Entry([transaction], isHistory: false);

    private LogEntry Entry(IReadOnlyList<Transaction> transactions, bool isHistory) =>
        Raw(MessageCodec.BinaryField, MessageCodec.Encode(new LogMessage(transactions, isHistory, TestTransactions.Noon, null)));

    private LogEntry Raw(string field, byte[] value) =>
        new(new LogPosition(TestTransactions.Noon.AddHours(1).ToUnixTimeMilliseconds(), _sequence++), [Encoding.ASCII.GetBytes(field), value]);
}

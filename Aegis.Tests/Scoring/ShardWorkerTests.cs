using System.Text;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Bundles;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Scoring.Shards;
using Aegis.Scoring.Storage;
using Aegis.Streams.Entries;
using Aegis.Tests.MachineLearning;
using static Aegis.Tests.Scoring.ShardHarness;

namespace Aegis.Tests.Scoring;

public sealed class ShardWorkerTests(SmallModel small) : IClassFixture<SmallModel>, IDisposable
{
    private readonly ShardHarness _harness = new(small);

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void Process_OfGoodEntry_DecidesItWithEverythingToRepeatIt()
    {
        var transaction = InShard("a");
        var decision = Assert.Single(Made(Process(_harness.Worker(), _harness.Entry(transaction))));
        Assert.Equal(transaction, decision.Transaction);
        Assert.Equal(decision.Assessment, new FraudDetector(small.Model).Assess(decision.Features));
        Assert.Equal(decision.Outcome, small.Model.Policy.Decide(decision.Assessment.Risk, idHash: 0));
        Assert.Equal(32, decision.TraceId.Length);
        Assert.Equal(small.Model.Version, decision.ModelVersion);
    }

    [Fact]
    public void Process_OfSameTransactionTwice_DecidesOnceAndChangesNoHistory()
    {
        var (once, twice) = (_harness.Worker(), _harness.Worker(_harness.NewProcess()));
        Process(once, _harness.Entry(InShard("a")));
        var block = Assert.Single(Process(twice, _harness.Entry(InShard("a")), _harness.Entry(InShard("a"))));
        Assert.Equal((1, 1), (block.Count, block.Duplicates));
        Assert.Equal(once.State.Histories.Fingerprint(), twice.State.Histories.Fingerprint());
    }

    [Fact]
    public void Process_OfAThenBThenAAgain_DecidesEachOnce()
    {
        var block = Assert.Single(
            Process(_harness.Worker(), _harness.Entry(InShard("a")), _harness.Entry(InShard("b")), _harness.Entry(InShard("a"))));
        Assert.Equal(["a", "b"], Made([block]).Select(d => d.Transaction.Id));
        Assert.Equal(1, block.Duplicates);
    }

    [Fact]
    public void Process_OfSameIdWithOtherContent_IsADeadLetter()
    {
        var block = Assert.Single(
            Process(_harness.Worker(), _harness.Entry(InShard("a")), _harness.Entry(InShard("a") with { AmountMinor = 7 })));
        Assert.Equal(1, block.Count);
        Assert.Contains("id is 'a'", Assert.Single(block.DeadLetters).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Process_OfPoison_CostsNothingButItself()
    {
        (LogPosition Position, string, byte[])[] entries =
        [
            _harness.Entry(InShard("a")),
            _harness.Raw("b", [9, 9, 9]),
            _harness.Raw("b", []),
            _harness.Raw("unknown", "4111111111111111"u8.ToArray()),
            _harness.Raw("json", "{\"id\":"u8.ToArray()),
            _harness.Raw("json", "{\"id\":\"x\"}"u8.ToArray()),
            _harness.Raw("json", "{\"id\":\"\\ud800\"}"u8.ToArray()),
            _harness.Raw("json", "{\"id\":\"\\u0034111111111111111\"}"u8.ToArray()),
            _harness.Raw("control", "{\"kind\":\"nonsense\"}"u8.ToArray()),
            _harness.Raw("control", "{\"kind\":\"model\",\"version\":\"unheard of\"}"u8.ToArray()),
            _harness.Entry(InShard("far") with { EventTime = TestTransactions.Noon.AddYears(900) }),
            _harness.Entry(NotInShard()),
            _harness.Entry(InShard("z")),
        ];
        var block = Assert.Single(Process(_harness.Worker(), entries));
        Assert.Equal(["a", "z"], Made([block]).Select(d => d.Transaction.Id));
        Assert.Equal(11, block.DeadLetters.Count);
        Assert.Equal(entries[^1].Position, block.To);
        Assert.All(block.DeadLetters, letter => Assert.NotEmpty(letter.Reason));
        Assert.DoesNotContain(
            block.DeadLetters, letter => Encoding.UTF8.GetString(letter.Payload).Contains("111111111111111", StringComparison.Ordinal));
    }

    [Fact]
    public void Process_OfFrame_TakesEachTransactionByItself()
    {
        Transaction[] frame = [InShard("a"), InShard("b") with { Currency = "XXX" }, InShard("a"), InShard("c")];
        var block = Assert.Single(Process(_harness.Worker(), _harness.Entry(frame, isHistory: false)));
        Assert.Equal([("a", 0), ("c", 3)], Made([block]).Select(d => (d.Transaction.Id, d.Item)));
        Assert.Equal(1, block.Duplicates);
        var letter = Assert.Single(block.DeadLetters);
        Assert.Equal(1, letter.Item);
        Assert.Equal("b", Assert.Single(MessageCodec.Decode(letter.Payload).Transactions).Id);
    }

    [Fact]
    public void Process_OfLargeFrame_DecidesAsIfAllCameAlone()
    {
        var transactions = Enumerable.Range(0, 1_500).Select(
            i => InShard($"t-{i}") with { EventTime = TestTransactions.Noon.AddSeconds(i - 3_000), AmountMinor = 100 + (i * 7 % 9_000) })
            .ToList();
        var framed = Made(Process(_harness.Worker(), _harness.Entry(transactions, isHistory: false)));
        var alone = Made(Process(_harness.Worker(_harness.NewProcess()), [.. transactions.Select(_harness.Entry)]));
        Assert.Equal(alone.Select(d => d.Assessment), framed.Select(d => d.Assessment));
    }

    [Fact]
    public void Process_OfHistory_FeedsTheCardAndDecidesNothing()
    {
        var history = Enumerable.Range(1, 30).Select(i => InShard($"h-{i}") with { EventTime = TestTransactions.Noon.AddDays(i - 40) })
            .ToList();
        var worker = _harness.Worker();
        var block = Assert.Single(Process(worker, _harness.Entry(history, isHistory: true)));
        Assert.Equal((0, 30), (block.Count, block.History));
        var decided = Made(Process(worker, _harness.Entry(InShard("now"))))[0];
        Assert.Equal(Math.Log(31), decided.Features[(int)Feature.CardAge], 4);
    }

    [Fact]
    public void Process_OfPaymentADayBehind_DecidesItMarksItLateAndChangesNoHistory()
    {
        var worker = _harness.Worker();
        Process(worker, _harness.Entry(InShard("new")));
        var before = worker.State.Histories.Fingerprint();
        var late = Assert.Single(
            Made(Process(worker, _harness.Entry(
                InShard("late") with { EventTime = TestTransactions.Noon.AddHours(-24).AddMilliseconds(-1) }))));
        Assert.True(late.IsLate);
        Assert.Equal(before, worker.State.Histories.Fingerprint());
        var within = Assert.Single(
            Made(Process(worker, _harness.Entry(InShard("within") with { EventTime = TestTransactions.Noon.AddHours(-24) }))));
        Assert.False(within.IsLate);
        Assert.NotEqual(before, worker.State.Histories.Fingerprint());
    }

    [Fact]
    public void Process_OnReplayHoursLater_CountsWindowsInEventTime()
    {
        // The same events, appended (and so stamped) at other times of day, give the same features.
        var events = Enumerable.Range(0, 20)
            .Select(i => InShard($"t-{i}") with { EventTime = TestTransactions.Noon.AddMinutes((i * 7) - 600) }).ToList();
        var live = Made(Process(_harness.Worker(), [.. events.Select(_harness.Entry)]));
        var replay = Made(Process(_harness.Worker(_harness.NewProcess()), [.. events.Select((e, i) => (
            new LogPosition(TestTransactions.Noon.AddHours(5).ToUnixTimeMilliseconds() + (i * 400_000), 0), "b", MessageCodec.Encode(
                new LogMessage([e], false, TestTransactions.Noon, null))))]));
        Assert.Equal(live.SelectMany(d => d.Features), replay.SelectMany(d => d.Features));
    }

    [Fact]
    public void Recover_ThenProcess_DecidesAsIfNeverInterrupted()
    {
        var entries = Enumerable.Range(0, 40).Select(
            i => _harness.Entry(
                InShard($"t-{i}") with { EventTime = TestTransactions.Noon.AddMinutes(i - 60), AmountMinor = 1_000 + (i * 37) })).ToArray();
        var uninterrupted = _harness.Worker();
        var straight = Made(Process(uninterrupted, entries));
        var recovered = _harness.Worker(_harness.NewProcess());
        recovered.Recover(ShardEntries.Of(Shard, entries[..25]), KnownOutcomes.None);
        var rest = Process(recovered, entries[25..]);
        Assert.Equal(entries[24].Item1, rest[0].From);
        Assert.Equal(straight.Skip(25).Select(d => (d.Assessment, d.TraceId)), Made(rest).Select(d => (d.Assessment, d.TraceId)));
        Assert.Equal(uninterrupted.State.Histories.Fingerprint(), recovered.State.Histories.Fingerprint());
    }

    [Fact]
    public void Recover_AfterAnImpostorOfAnotherShard_KeepsTheIdWithWhomTheStoreDecided()
    {
        // The impostor's entry is read first on recovery; the store says that it was a dead letter.
        var impostor = _harness.Entry(InShard("a") with { AmountMinor = 7 });
        var worker = _harness.Worker();
        worker.Recover(ShardEntries.Of(Shard, [impostor]),
            KnownOutcomes.None with { Dead = new HashSet<(LogPosition, int)> { (impostor.Item1, 0) } });
        Assert.Equal(Novelty.New, _harness.Services.Ids.Look(TransactionKey.Of(InShard("a"))));
        Assert.Equal(0, worker.State.Histories.Cards.Count);
    }

    [Fact]
    public void Process_OfIdOlderThanMemory_AsksTheStore()
    {
        using var harness = new ShardHarness(small, rememberedIds: 1_000);
        var worker = harness.Worker();
        using var writer = new CommitWriter(harness.Store);
        var old = InShard("old") with { EventTime = TestTransactions.Noon.AddDays(-3) };
        var first = Process(worker, harness.Entry(old), harness.Entry(InShard("new")), harness.Entry(InShard("newer")));
        writer.Commit([.. first]);
        Assert.Equal(2, worker.State.Ids.Count);
        var again = Assert.Single(
            Process(worker, harness.Entry(old), harness.Entry(old with { AmountMinor = 7 }), harness.Entry(old with { Id = "other" })));
        Assert.Equal((1, 1, 1), (again.Duplicates, again.DeadLetters.Count, again.Count));
    }

    [Fact]
    public async Task Process_TellsWhoWaits()
    {
        using var mine = _harness.Services.Waiters.Register(InShard("a"));
        using var alsoMine = _harness.Services.Waiters.Register(InShard("a"));
        using var impostor = _harness.Services.Waiters.Register(InShard("a") with { AmountMinor = 7 });
        Process(_harness.Worker(), _harness.Entry(InShard("a")), _harness.Entry(InShard("a") with { AmountMinor = 7 }));
        Assert.Equal("a", (await mine.Result).Decision!.Transaction.Id);
        Assert.Equal("a", (await alsoMine.Result).Decision!.Transaction.Id);
        Assert.True((await impostor.Result).IsConflict);
    }

    [Fact]
    public void Process_OfControlEntry_ChangesWhatDecidesFromItsPositionOn()
    {
        var worker = _harness.Worker();
        var thresholds = new ControlEntry { Kind = ControlEntry.Thresholds, ReviewAt = 0, DeclineAt = 0 };
        var blocks = Process(
            worker, _harness.Entry(InShard("a")), _harness.Raw("control", thresholds.ToJson()), _harness.Entry(InShard("b")));
        Assert.Equal(2, blocks.Count);
        Assert.Equal([DecisionOutcome.Approve, DecisionOutcome.Decline], Made(blocks).Select(d => d.Outcome));

        // A new owner that reads the entry again goes on under the same thresholds.
        var recovered = _harness.Worker(_harness.NewProcess());
        recovered.Recover(ShardEntries.Of(Shard, [_harness.Raw("control", thresholds.ToJson())]), KnownOutcomes.None);
        Assert.Equal(DecisionOutcome.Decline, Made(Process(recovered, _harness.Entry(InShard("c"))))[0].Outcome);
    }

    [Fact]
    public void Process_OfPaymentsThatTieAtAThreshold_FlagsTheShareThatTheirIdsSay()
    {
        // The same first payment of forty cards.
        var entries = CardsOf(Shard).Take(40).Select((card, i) => _harness.Entry(TestTransactions.Valid($"t-{i}", card))).ToArray();
        var risk = Assert.Single(Made(Process(_harness.Worker(), entries)).Select(made => made.Assessment.Risk).Distinct());
        var tied = new DecisionPolicy(risk, risk, new AlertBudget()) { ReviewTies = 0.4, DeclineTies = 0.1 };
        _harness.Models.Register(FraudModelFile.Write(small.Model with { Version = "tied", Policy = tied }), "The bundle");

        var worker = _harness.Worker(_harness.NewProcess());
        worker.State.Use(new VersionsInForce("tied"));
        var decisions = Made(Process(worker, entries));
        Assert.Equal(
            decisions.Select(made => StableHash.UnitOf(StableHash.Hash64(made.Transaction.Id)) switch
            {
                < 0.1 => DecisionOutcome.Decline,
                < 0.4 => DecisionOutcome.Review,
                _ => DecisionOutcome.Approve,
            }),
            decisions.Select(made => made.Outcome));
        Assert.Equal(3, decisions.Select(made => made.Outcome).Distinct().Count());
    }

    [Fact]
    public void Process_OfOrdinaryPayments_AllocatesNothingPerTransaction()
    {
        const int Rounds = 20;
        var worker = _harness.Worker();
        // Flagged payments become objects, with reasons; here none is.
        worker.State.Use(new VersionsInForce(_harness.Models.First, ReviewAt: 1_000, DeclineAt: 1_000));
        var cards = CardsOf(Shard).Take(50).ToArray();
        var batches = Enumerable.Range(0, Rounds)
            .Select(round => ShardEntries.Of(Shard, [.. Enumerable.Range(0, 500).Select(i => _harness.Entry(
            TestTransactions.Valid(
                $"t-{round}-{i}", cards[i % 50]) with { EventTime = TestTransactions.Noon.AddSeconds((round * 500) + i - 10_000) }))]))
                .ToList();
        var least = long.MaxValue;
        foreach (var batch in batches)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var block in worker.Process(batch, 0))
            {
                if (block.Made.Count <= 1)
                {
                    least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
                }

                _harness.Services.Blocks.Return(block);
            }
        }

        // The iterator and what a pool or a sampled decision costs a batch, nothing that grows with its 500 transactions.
        Assert.InRange(least, 0, 1_000);
    }
}

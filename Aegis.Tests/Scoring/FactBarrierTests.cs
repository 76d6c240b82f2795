using System.Text;
using Aegis.Core.Decisions;
using Aegis.Core.Facts;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Shards;
using Aegis.Scoring.Storage;
using Aegis.Streams.Entries;
using Aegis.Tests.MachineLearning;
using static Aegis.Tests.Scoring.ShardHarness;

namespace Aegis.Tests.Scoring;

public sealed partial class FactBarrierTests(SmallModel small) : IClassFixture<SmallModel>
{
    private const ulong Seed = 20_260_711;
    private const long Hour = ShardedHistories.FactIntervalMs;

    private delegate void Append(int shard, string field, byte[] value);

    [Theory]
    [InlineData(0)]
    [InlineData(0.004)]
    public void Barriers_OverShardsOfTwoProcesses_GiveTheVectorsOfAnOfflineRun(double deaths)
    {
        using var harness = new ShardHarness(small);
        var offline = new ShardedHistories(CurrencyRates.Default, SmallModel.Shards);
        var expected = new Dictionary<string, (float[] Features, DateTimeOffset? Version)>();
        var log = Log(harness, append =>
        {
            var last = 0L;
            foreach (var payment in Payments())
            {
                var barrier = FactBarrier.At(payment.EventTime.ToUnixTimeMilliseconds(), Hour);
                if (barrier.IntervalEndMs > last)
                {
                    last = barrier.IntervalEndMs;
                    ToAll(append, barrier);
                }

                append(StableHash.ShardOf(payment.CardToken, SmallModel.Shards), MessageCodec.BinaryField, Encoded(payment));
                var features = new float[FeatureSchema.Count];
                offline.ExtractAndAdd(payment, features);
                expected[payment.Id] = (features, Decision.FactsVersionOf(last - Hour));
                Label(payment);
            }

            // Every third payment becomes known as fraud, told twice; a fraud's verdict is taken back, and given again: counted once.
            void Label(Transaction payment)
            {
                if (StableHash.Hash64(payment.Id) % 3 != 0)
                {
                    return;
                }

                var at = payment.EventTime.AddMinutes(5);
                foreach (var isFraud in (bool[])[true, true, false, true])
                {
                    append(StableHash.ShardOf(payment.CardToken, SmallModel.Shards), LabelView.Field, LabelView.Encode(
                        new PaymentLabel(payment, isFraud, at)));
                }

                var compact = Payment.Of(payment, CurrencyRates.Default);
                offline.AddLabel(compact.Labelled(isFraud: true, at.ToUnixTimeMilliseconds()));
                offline.AddLabel(compact.Labelled(isFraud: false, at.ToUnixTimeMilliseconds()));
            }
        });

        using var machines = new ShardMachines(harness, log, Seed, deaths);
        machines.Run();
        Assert.Equal(deaths > 0, machines.Deaths > 5);
        var stored = Stored(harness);
        Assert.Equal(expected.Count, stored.Count);
        Assert.All(stored, decision =>
        {
            Assert.Equal(expected[decision.Transaction.Id].Features, decision.Features);
            Assert.Equal(expected[decision.Transaction.Id].Version, decision.FactsVersion);
        });
        // Facts and labels do say something: without them these vectors would be others.
        Assert.InRange(stored.Select(decision => decision.Features[(int)Feature.MerchantRisk30Days]).Distinct().Count(), 4, int.MaxValue);
        Assert.True(stored.Select(decision => decision.Features[(int)Feature.MerchantBurst]).Distinct().Count() > 20);
    }

    [Fact]
    public void BarriersOfAnyKind_WhoeverIsFasterAndWhoeverDies_GiveTheSameDecisions()
    {
        var outcomes = new List<string>();
        for (ulong run = 0; run < 3; run++)
        {
            using var harness = new ShardHarness(small);
            using var machines = new ShardMachines(harness, Log(harness, Unruly), Seed + run, deaths: run == 0 ? 0 : 0.004);
            var fingerprints = machines.Run();
            var decisions = Stored(harness).OrderBy(decision => decision.Transaction.Id, StringComparer.Ordinal)
                .Select(decision => $"{decision.Transaction.Id} {decision.FactsVersion:o} {string.Join(' ', decision.Features.Select(BitConverter.SingleToInt32Bits))}");
            outcomes.Add($"{string.Join(' ', fingerprints)}\n{string.Join('\n', decisions)}");
        }

        Assert.True(outcomes[0].Length > 10_000);
        Assert.True(outcomes.All(outcome => outcome == outcomes[0]), $"seed {Seed}");
    }

    [Fact]
    public void Shard_WhoseFactsLackAnotherThatIsMoreThanAnIntervalBehind_WaitsAndNoOtherDoes()
    {
        using var harness = new ShardHarness(small);
        using var writer = new CommitWriter(harness.Store);
        var services = harness.NewProcess();
        var workers = Enumerable.Range(0, SmallModel.Shards).Select(shard => harness.Worker(shard, services)).ToArray();
        var start = TestTransactions.Noon.ToUnixTimeMilliseconds() - (2 * Hour);
        foreach (var worker in workers)
        {
            Assert.Equal(0, Run(worker, harness.Barrier(start, start - Hour)));
        }

        // Shard 3 stays where it is; the others are one interval ahead, and nobody waits for it.
        foreach (var worker in workers[..3])
        {
            Assert.Equal(1, Run(worker, harness.Barrier(start + Hour, start), Payment(worker, "a")));
        }

        // Shard 0 is two ahead: it waits, the others go on.
        Assert.Equal(0, Run(workers[0], harness.Barrier(start + (2 * Hour), start + Hour), Payment(workers[0], "b")));
        Assert.True(workers[0].State.IsWaiting);
        Assert.Equal(1, Run(workers[1], Payment(workers[1], "c")));
        Assert.Equal(1, Run(workers[3], Payment(workers[3], "d")));
        Assert.Equal(0, Run(workers[0], Payment(workers[0], "b")));

        Assert.Equal(1, Run(workers[3], harness.Barrier(start + Hour, start), Payment(workers[3], "e")));
        Assert.Equal(1, Run(workers[0], Payment(workers[0], "b")));
        Assert.False(workers[0].State.IsWaiting);

        int Run(ShardWorker worker, params (LogPosition, string, byte[])[] entries)
        {
            services.Facts.Step();
            var decided = 0;
            foreach (var block in worker.Process(ShardEntries.Of(worker.State.Shard, entries), 0))
            {
                writer.Commit([block]);
                decided += block.Count;
                services.Facts.Step();
            }

            return decided;
        }

        (LogPosition, string, byte[]) Payment(ShardWorker worker, string id) =>
            harness.Entry(TestTransactions.Valid($"{worker.State.Shard}-{id}", CardsOf(worker.State.Shard).First()));
    }

    [Fact]
    public void Process_OfBarriersThatSayNothing_ChangesNothing()
    {
        using var harness = new ShardHarness(small);
        using var writer = new CommitWriter(harness.Store);
        harness.PassBarriersElsewhere();
        var worker = harness.Worker();
        var end = TestTransactions.Noon.ToUnixTimeMilliseconds();
        Decide(harness.Barrier(end, end - Hour), harness.Entry(InShard("a")));
        var before = worker.State.Fingerprint;
        // Again, of the past, and of an interval that has begun before the last one.
        var block = Assert.Single(
            Decide(harness.Barrier(end, end - Hour), harness.Barrier(end, end - 1), harness.Barrier(end - Hour, end - (2 * Hour)),
            harness.Barrier(1, 0)));
        Assert.Empty(block.DeadLetters);
        Assert.Null(block.Published);
        Assert.Equal(before, worker.State.Fingerprint);
        Assert.Equal((end, end - Hour), (worker.State.BarrierMs, worker.State.FactsMs));

        // What is read never grows older.
        Decide(harness.Barrier(end + 60_000, end - (5 * Hour)));
        Assert.Equal((end + 60_000, end - Hour), (worker.State.BarrierMs, worker.State.FactsMs));

        List<DecisionBlock> Decide(params (LogPosition, string, byte[])[] entries) => DecideAll(harness, worker, writer, entries);
    }

    private static List<DecisionBlock> DecideAll(
        ShardHarness harness, ShardWorker worker, CommitWriter writer, (LogPosition, string, byte[])[] entries)
    {
        var blocks = new List<DecisionBlock>();
        foreach (var block in worker.Process(ShardEntries.Of(worker.State.Shard, entries), 0))
        {
            writer.Commit([block]);
            blocks.Add(block);
            harness.Services.Facts.Step();
        }

        return blocks;
    }

    private static byte[] Mutated(long intervalEndMs, ref SeededRandom random)
    {
        var bytes = ControlEntry.Of(new FactBarrier(intervalEndMs, intervalEndMs - 60_000)).ToJson();
        for (var flips = random.NextInt(3); flips > 0; flips--)
        {
            bytes[random.NextInt(bytes.Length)] = random.NextBool(0.5) ? (byte)random.NextBits() : (byte)('0' + random.NextInt(10));
        }

        return random.NextInt(8) == 0 ? bytes[..random.NextInt(bytes.Length)] : bytes;
    }

    /// <summary>Payments of some weeks over merchants that shards have in common.</summary>
    private static IEnumerable<Transaction> Payments() =>
        new TransactionSimulator(new SimulationOptions { Customers = 50, Seed = Seed }).Stream(new DateOnly(2025, 5, 1), 20)
            .Select(payment => payment.Transaction);

    private static byte[] Encoded(Transaction payment) =>
        MessageCodec.Encode(new LogMessage([payment], IsHistory: false, TestTransactions.Noon, null));

    private static void ToAll(Append append, FactBarrier barrier)
    {
        for (var shard = 0; shard < SmallModel.Shards; shard++)
        {
            append(shard, ControlEntry.Field, ControlEntry.Of(barrier).ToJson());
        }
    }

    /// <summary>Barriers twice, in some shards only, of changing intervals, out of order, in time gone by, and garbage among
    /// them.</summary>
    private static void Unruly(Append append)
    {
        var random = new SeededRandom(Seed);
        long last = 0;
        foreach (var payment in Payments())
        {
            if (random.NextInt(6) == 0)
            {
                var interval = random.NextBool(0.8) ? Hour : 60_000 * (1 + random.NextInt(300));
                var barrier = FactBarrier.At(payment.EventTime.ToUnixTimeMilliseconds(), interval);
                last = Math.Max(last, barrier.IntervalEndMs);
                var share = random.NextBool(0.7) ? 1 : 0.5;
                for (var shard = 0; shard < SmallModel.Shards; shard++)
                {
                    if (random.NextBool(share))
                    {
                        append(shard, ControlEntry.Field, ControlEntry.Of(barrier).ToJson());
                    }

                    if (random.NextInt(20) == 0)
                    {
                        append(shard, ControlEntry.Field, Mutated(barrier.IntervalEndMs, ref random));
                    }
                }
            }

            append(StableHash.ShardOf(payment.CardToken, SmallModel.Shards), MessageCodec.BinaryField, Encoded(payment));
            if (random.NextInt(4) == 0)
            {
                append(StableHash.ShardOf(payment.CardToken, SmallModel.Shards), LabelView.Field, LabelView.Encode(
                    new PaymentLabel(payment, random.NextBool(0.6), payment.EventTime)));
                append(StableHash.ShardOf(payment.CardToken, SmallModel.Shards), LabelView.Field, LabelView.Encode(
                    new PaymentLabel(payment, random.NextBool(0.6), payment.EventTime)));
            }
        }

        // Whatever was appended halfway, the next barrier that reaches all shards puts right.
        ToAll(append, new FactBarrier(
            TestTransactions.Noon.ToUnixTimeMilliseconds(), TestTransactions.Noon.ToUnixTimeMilliseconds() - Hour));
        ToAll(append, new FactBarrier(
            TestTransactions.Noon.ToUnixTimeMilliseconds() + Hour, TestTransactions.Noon.ToUnixTimeMilliseconds()));
        Payments().Take(200).ToList().ForEach(payment => append(
            StableHash.ShardOf(payment.CardToken, SmallModel.Shards), MessageCodec.BinaryField, Encoded(
                payment with { Id = $"{payment.Id}-last", EventTime = TestTransactions.Noon })));
    }

    private static List<(LogPosition Position, string Field, byte[] Value)>[] Log(ShardHarness harness, Action<Append> write)
    {
        var log = Enumerable.Range(0, SmallModel.Shards).Select(_ => new List<(LogPosition, string, byte[])>()).ToArray();
        write((shard, field, value) => log[shard].Add(harness.Raw(field, value)));
        return log;
    }

    private static List<Decision> Stored(ShardHarness harness) =>
        [.. harness.Decisions.List(new DecisionQuery { Limit = 1_000_000 }).Decisions.Select(stored => stored.Decision)];
}

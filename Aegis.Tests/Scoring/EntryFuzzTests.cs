using System.Text;
using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Streams.Entries;
using Aegis.Tests.MachineLearning;
using static Aegis.Tests.Scoring.ShardHarness;

namespace Aegis.Tests.Scoring;

/// <summary>Whatever stands in the log, each transaction of it is decided, recognised, or a dead letter; nothing else happens.</summary>
public sealed class EntryFuzzTests(SmallModel small) : IClassFixture<SmallModel>
{
    private const ulong Seed = 20_261_124;
    private const int AtOnce = 500;

    [Fact]
    public void Process_OfMutatedEntriesAndFrames_DecidesEachOrMakesItADeadLetter()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("AEGIS_FUZZ_COUNT") ?? "700000");
        using var harness = new ShardHarness(small);
        var worker = harness.Worker();
        var random = new SeededRandom(Seed);
        var originals = Originals(harness);
        long decided = 0, dead = 0, known = 0, labels = 0;
        for (var round = 0; round < count; round += AtOnce)
        {
            var entries = Enumerable.Range(0, AtOnce).Select(_ => Mutated(harness, originals, ref random)).ToArray();
            var blocks = Process(worker, entries);
            Assert.True(blocks[^1].To == entries[^1].Position, $"seed {Seed}, round {round}");
            // An entry may hold several transactions; each comes to something, and an entry without any to one dead letter.
            var came = blocks.Sum(b => b.Count + b.DeadLetters.Count + b.Duplicates + b.History);
            Assert.True(came >= AtOnce - entries.Count(e => e.Field is ControlEntry.Field or LabelView.Field),
                $"seed {Seed}, round {round}: {came} results of {AtOnce} entries");
            Assert.All(blocks, b => Assert.All(b.DeadLetters, letter => Assert.True(letter.Reason.Length is > 10 and < 20_000)));
            labels += blocks.Sum(b => b.Labels.Count);
            (decided, dead, known) = (
                decided + blocks.Sum(b => b.Count), dead + blocks.Sum(b => b.DeadLetters.Count), known + blocks.Sum(b => b.Duplicates));
            blocks.ForEach(harness.Services.Blocks.Return);
        }

        Assert.True(decided > count / 50 && dead > count / 4 && known > 0
            && labels > 0, $"seed {Seed}: {decided} decided, {dead} dead letters, {known} duplicates, {labels} labels");
    }

    [Fact]
    public void IsPlainlyValid_OnlyWhereTheValidatorFindsNoFault()
    {
        var random = new SeededRandom(Seed);
        var plain = 0;
        var faults = new List<TransactionFault>();
        var now = TestTransactions.Noon.AddHours(1);
        for (var round = 0; round < 200_000; round++)
        {
            var bytes = Flip(MessageCodec.Encode(Varied(ref random)), flips: random.NextInt(3), ref random);
            try
            {
                var view = new TransactionView(bytes);
                if (view.IsPlainlyValid(now.ToUnixTimeMilliseconds()))
                {
                    plain++;
                    faults.Clear();
                    TransactionValidator.Validate(view.ToTransaction(), now, faults);
                    Assert.True(faults.Count == 0, $"seed {Seed}, round {round}: {string.Join("; ", faults)}");
                }
            }
            catch (MessageFormatException)
            {
                // Cut short: no transaction at all.
            }
        }

        Assert.InRange(plain, 10_000, 190_000);
    }

    private static List<(string Field, byte[] Value)> Originals(ShardHarness harness)
    {
        var transactions = CardsOf(Shard).Take(20).Select((card, i) => TestTransactions.Valid($"f-{i}", card)).ToList();
        return
        [
            .. transactions.Select(t => Parts(harness.Entry(t))),
            Parts(harness.Entry(transactions, isHistory: false)),
            Parts(harness.Entry(transactions, isHistory: true)),
            ("json", Encoding.UTF8.GetBytes("""{"id":"j","eventTime":"2026-03-01T11:00:00Z","cardToken":"card-1","amountMinor":1200,"currency":"EUR","merchantId":"m","mcc":"5411","country":"DE","channel":"chip"}""")),
            (LabelView.Field, LabelView.Encode(new PaymentLabel(transactions[0], IsFraud: true, TestTransactions.Noon))),
            (ControlEntry.Field, new ControlEntry { Kind = ControlEntry.Thresholds, ReviewAt = 4, DeclineAt = 7 }.ToJson()),
        ];

        static (string, byte[]) Parts((LogPosition, string Field, byte[] Value) entry) => (entry.Field, entry.Value);
    }

    private static (LogPosition Position, string Field, byte[] Value) Mutated(
        ShardHarness harness, List<(string Field, byte[] Value)> originals, ref SeededRandom random)
    {
        // Every other one is new, so that there is something to decide.
        var (field, value) = random.NextBool(0.5)
            ? (MessageCodec.BinaryField, MessageCodec.Encode(
                new LogMessage([InShard($"n-{random.NextBits():x}")], IsHistory: false, TestTransactions.Noon, null)))
            : originals[random.NextInt(originals.Count)];
        return harness.Raw(random.NextInt(200) == 0 ? "other" : field, Flip(value, flips: random.NextInt(4), ref random));
    }

    private static byte[] Flip(byte[] value, int flips, ref SeededRandom random)
    {
        var bytes = value.ToArray();
        for (var i = 0; i < flips; i++)
        {
            bytes[random.NextInt(bytes.Length)] = (byte)random.NextBits();
        }

        return random.NextInt(6) == 0 ? bytes[..random.NextInt(bytes.Length)] : bytes;
    }

    private static Transaction Varied(ref SeededRandom random)
    {
        var transaction = TestTransactions.Valid(
            $"v{random.NextBits():x}", random.NextBool(0.2) ? "4111 1111 1111 1111" : $"card-{random.NextInt(50)}") with
        {
            MerchantId = random.NextBool(0.2) ? $"{random.NextBits()}-{random.NextBits()}" : "m-1",
            DeviceId = random.NextBool(0.5) ? $"{random.NextBits() % 10_000_000_000_000_000}" : null,
            IpAddress = random.NextBool(0.3) ? $"{random.NextInt(300)}.{random.NextInt(260)}.0.0{random.NextInt(9)}" : null,
            CardBin = "411111",
            CardLastFour = random.NextBool(0.9) ? "1111" : null,
        };
        return random.NextBool(0.5) ? transaction : transaction with
        {
            Kind = (PaymentKind)random.NextInt(PaymentKinds.Count),
            Authorisation = random.NextBool(0.5) ? null : (Authorisation)random.NextInt(2),
            DeclineReason = random.NextBool(0.8) ? null : DeclineReason.WrongPin,
            MerchantName = random.NextBool(0.6) ? null : random.NextBool(0.5) ? "Shop" : "Café 4111 1111 1111 1111",
            Metadata = random.NextBool(0.9) ? null : """{"a":1}""",
        };
    }
}

using System.Text;
using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Aegis.Scoring.Shards;
using Aegis.Scoring.Storage;
using Aegis.Streams.Entries;
using static Aegis.Tests.Scoring.ShardHarness;

namespace Aegis.Tests.Scoring;

public sealed partial class FactBarrierTests
{
    [Theory]
    [InlineData("""{"kind":"facts"}""", "intervalEnd (after reads)")]
    [InlineData("""{"kind":"facts","intervalEnd":3600000}""", "reads (0 and more)")]
    [InlineData("""{"kind":"facts","intervalEnd":3600000,"reads":3600000}""", "intervalEnd (after reads)")]
    [InlineData("""{"kind":"facts","intervalEnd":3600000,"reads":-1}""", "reads (0 and more)")]
    [InlineData("""{"kind":"facts","intervalEnd":1e30,"reads":0}""", "not a control entry")]
    [InlineData("""{"kind":"facts","intervalEnd":"soon","reads":0}""", "not a control entry")]
    [InlineData("""{"kind":"facts","intervalEnd":9223372036854775807,"reads":0}""", "intervalEnd is '9223372036854775807'; allowed: at most 10 minutes after")]
    public void Process_OfFaultyBarrier_IsADeadLetterAndNothingElse(string json, string mentions)
    {
        using var harness = new ShardHarness(small);
        var worker = harness.Worker();
        var block = Assert.Single(
            Process(worker, harness.Entry(InShard("a")), harness.Raw(ControlEntry.Field, Encoding.UTF8.GetBytes(json)), harness.Entry(
                InShard("b"))));
        Assert.Contains(mentions, Assert.Single(block.DeadLetters).Reason, StringComparison.Ordinal);
        Assert.Equal((2, 0L, false), (block.Count, worker.State.BarrierMs, worker.State.IsWaiting));
    }

    [Fact]
    public void Process_OfMutatedControlEntries_TakesEachInOrMakesItADeadLetter()
    {
        const int Rounds = 60, AtOnce = 500;
        using var harness = new ShardHarness(small);
        using var writer = new CommitWriter(harness.Store);
        harness.PassBarriersElsewhere();
        var random = new SeededRandom(Seed);
        var now = TestTransactions.Noon.ToUnixTimeMilliseconds();
        long dead = 0, passed = 0, decided = 0;
        for (var round = 0; round < Rounds; round++)
        {
            // A new owner each time: one time that was mutated into the future makes barriers void for long.
            var worker = harness.Worker();
            worker.State.MoveTo(harness.Store.Shards()[Shard].Position);
            var entries = new List<(LogPosition, string, byte[])>();
            for (var i = 0; i < AtOnce; i++)
            {
                entries.Add(random.NextInt(10) == 0
                    ? harness.Entry(InShard($"f-{round}-{i}"))
                    : harness.Raw(ControlEntry.Field, Mutated(now + (round * AtOnce) + i, ref random)));
            }

            var blocks = DecideAll(harness, worker, writer, [.. entries]);
            Assert.True(blocks[^1].To == entries[^1].Item1 && !worker.State.IsWaiting, $"seed {Seed}, round {round}");
            (dead, passed, decided) = (
                dead + blocks.Sum(b => b.DeadLetters.Count), passed + blocks.Count(b => b.Published is not null), decided
                + blocks.Sum(b => b.Count));
        }

        Assert.True(dead > 5_000 && passed > 500
            && decided > 2_000, $"seed {Seed}: {dead} dead letters, {passed} barriers, {decided} decided");
    }

    /// <summary>Decides and commits block by block, merging facts between them.</summary>
}

using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Scoring.Storage;
using Aegis.Tests.MachineLearning;
using static Aegis.Tests.Scoring.ShardHarness;

namespace Aegis.Tests.Scoring;

public sealed class DecisionIndexTests(SmallModel small) : IClassFixture<SmallModel>, IDisposable
{
    private const int PerRound = 2_500;
    private readonly ShardHarness _harness = new(small, rememberedIds: 100_000);

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void Find_AfterSegmentsWereBuiltAndMerged_GivesEveryDecisionOnce()
    {
        var cards = CardsOf(Shard).Take(3).ToArray();
        var worker = _harness.Worker();
        using var writer = new CommitWriter(_harness.Store);
        var builder = new IndexBuilder(_harness.Store, _harness.Recent);
        using var connection = _harness.Store.Connect();
        const int Rounds = 10;
        for (var round = 0; round < Rounds; round++)
        {
            var blocks = Process(
                worker, [.. Enumerable.Range(round * PerRound, PerRound)
                .Select(i => _harness.Entry(TestTransactions.Valid($"i-{i}", cards[i % 3]) with
            {
                EventTime = TestTransactions.Noon.AddSeconds(i - 100_000),
            }))]);
            writer.Commit([.. blocks]);
            // What is not in a segment yet is found in memory in every other round, and in the file in the others.
            blocks.ForEach(round % 2 == 0 ? _harness.Recent.Add : _ => { });
            Assert.Single(_harness.Index.Find(connection, IndexKind.Id, unchecked((long)StableHash.Hash64($"i-{(round * PerRound) + 7}"))));
            blocks.ForEach(_harness.Services.Blocks.Return);
            while (builder.Step())
            {
                // To the end.
            }
        }

        var sequences = Enumerable.Range(0, Rounds * PerRound)
            .Select(i => Assert.Single(_harness.Index.Find(connection, IndexKind.Id, unchecked((long)StableHash.Hash64($"i-{i}")))))
            .ToList();
        Assert.Equal(Enumerable.Range(1, Rounds * PerRound).Select(i => (long)i), sequences);
        Assert.Empty(_harness.Index.Find(connection, IndexKind.Id, 42));
        // A card's entries fill more than one part, and still come newest first.
        var ofCard = _harness.Index.Find(connection, IndexKind.Card, unchecked((long)StableHash.Hash64(cards[1])));
        Assert.Equal(Enumerable.Range(0, Rounds * PerRound).Where(i => i % 3 == 1).Select(i => i + 1L).Reverse(), ofCard);
        Assert.Equal(
            [$"i-{(Rounds * PerRound) - 3}"],
            _harness.Decisions.List(new DecisionQuery { CardToken = cards[1], Limit = 1 }).Decisions
                .Select(stored => stored.Decision.Transaction.Id));
    }
}

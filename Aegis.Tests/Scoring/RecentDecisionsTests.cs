using Aegis.Core.Numerics;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Storage;

namespace Aegis.Tests.Scoring;

public sealed class RecentDecisionsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Find_AfterAnyAddsAndForgets_IsThatOfAList(ulong seed)
    {
        var random = new SeededRandom(seed);
        var recent = new RecentDecisions();
        var expected = new List<(long Sequence, long Id, long Card)>();
        var (ids, cards) = (new IndexEntry[1_000], new IndexEntry[1_000]);
        long sequence = 0;
        for (var round = 0; round < 400; round++)
        {
            // Now and then another process has written in between.
            sequence += random.NextBool(0.02) ? 5 : 0;
            var block = new DecisionBlock { FirstSequence = sequence + 1 };
            for (var rows = random.NextInt(120); rows > 0; rows--)
            {
                ref var row = ref block.Add();
                (row.Key, row.CardHash) = (new TransactionKey((ulong)random.NextInt(300), 0), (ulong)random.NextInt(20));
                expected.Add((++sequence, (long)row.Key.Id, (long)row.CardHash));
            }

            recent.Add(block);
            if (random.NextBool(0.2))
            {
                var last = sequence - random.NextInt(6_000);
                recent.Forget(last);
                expected.RemoveAll(entry => entry.Sequence <= last);
            }

            var after = sequence - random.NextInt(3_000);
            var inRange = expected.Where(entry => entry.Sequence > after).ToList();
            var isWhole = inRange.Count == sequence - after;
            foreach (var kind in new[] { IndexKind.Id, IndexKind.Card })
            {
                var hash = random.NextInt(kind == IndexKind.Id ? 300 : 20);
                var found = recent.Find(kind, hash, after, sequence);
                Assert.Equal(isWhole ? inRange.Where(entry => (kind == IndexKind.Id ? entry.Id : entry.Card) == hash)
                    .Select(entry => entry.Sequence) : null, found);
            }

            var unbroken = inRange.TakeWhile((entry, i) => entry.Sequence == after + 1 + i).Take(ids.Length).ToList();
            Assert.Equal(unbroken.Count, recent.CopyAfter(after, ids, cards));
            Assert.Equal(unbroken.Select(entry => new IndexEntry(entry.Id, entry.Sequence)), ids[..unbroken.Count]);
            Assert.Equal(unbroken.Select(entry => new IndexEntry(entry.Card, entry.Sequence)), cards[..unbroken.Count]);
        }
    }
}

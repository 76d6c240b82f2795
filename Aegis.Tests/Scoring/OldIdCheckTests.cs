using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Streams.Entries;
using static Aegis.Tests.TestTransactions;

namespace Aegis.Tests.Scoring;

public sealed class OldIdCheckTests
{
    private const int Shard = 3;
    private static readonly LogPosition Here = new(1_000, 1);
    private static readonly LogPosition Earlier = new(900, 1);

    private readonly RecentIds _recent = new(capacity: 1_000);

    [Fact]
    public void Old_OfAnIdThatTheStoreKnows_TellsByItsContent()
    {
        Assert.Equal(Novelty.Duplicate, Check(Valid("a"), Used(Valid("a"), Shard, Earlier)));
        Assert.Equal(Novelty.Conflict, Check(Valid("a"), Used(Valid("a", amountMinor: 1), Shard, Earlier)));
        Assert.Equal(Novelty.Conflict, Check(Valid("a"), Used(Valid("a", amountMinor: 1), Shard + 1, Here)));
        Assert.Equal(Novelty.New, Check(Valid("a"), first: null));
    }

    [Fact]
    public void Old_OfTheEntrysOwnDecision_IsNew() => Assert.Equal(Novelty.New, Check(Valid("a"), Used(Valid("a"), Shard, Here)));

    [Fact]
    public void Old_OfAnIdYoungerThanTheShardsMemory_AsksNobody() =>
        Assert.Equal(Novelty.New, Check(Valid("a"), Used(Valid("a"), Shard, Earlier), horizonAfter: TimeSpan.FromSeconds(-1)));

    [Fact]
    public void Old_OfAnIdThatAShardRemembers_LeavesItToTheShard()
    {
        _recent.Register(TransactionKey.Of(Valid("a")), Shard + 1);
        Assert.Equal(Novelty.New, Check(Valid("a"), Used(Valid("a"), Shard, Earlier)));
    }

    private static FirstUse Used(Transaction transaction, int shard, LogPosition position) =>
        new(shard, position, TransactionKey.Of(transaction).Content);

    /// <summary>Checks a transaction; what the shard remembers begins so long after it.</summary>
    private Novelty Check(Transaction transaction, FirstUse? first, TimeSpan horizonAfter = default)
    {
        var ids = new ShardIds(_recent, Shard, share: 10);
        ids.Restore(new IdsState { HorizonSeconds = transaction.EventTime.ToUnixTimeSeconds() + (long)horizonAfter.TotalSeconds }, []);
        var view = new EntryView(MessageCodec.Encode(new LogMessage([transaction], IsHistory: false, Noon, TraceParent: null)));
        return new OldIdCheck(_recent, new OneOldId(first)).Old(ids, view.Next(), TransactionKey.Of(transaction), Shard, Here);
    }

    private sealed class OneOldId(FirstUse? first) : IOldIds
    {
        public FirstUse? Find(ReadOnlySpan<byte> id) => first;
    }
}

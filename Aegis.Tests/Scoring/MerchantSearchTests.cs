using Aegis.Core.Transactions;
using Aegis.Scoring.Storage;
using Aegis.Tests.MachineLearning;
using static Aegis.Tests.Scoring.ShardHarness;

namespace Aegis.Tests.Scoring;

public sealed class MerchantSearchTests(SmallModel small) : IClassFixture<SmallModel>, IDisposable
{
    private readonly ShardHarness _harness = new(small);

    public void Dispose() => _harness.Dispose();

    [Theory]
    [InlineData("cafe zurich", "a,b")]
    [InlineData("ZÜRICH", "a,b,d")]
    [InlineData("m-3", "c")]
    [InlineData("m-", "")]
    [InlineData("寿", "e")]
    public void List_ByMerchant_FindsIdsWholeAndNamesInPart(string merchant, string ids)
    {
        Commit(
            ("a", "m-1", "Café Zürich"), ("b", "m-2", "Le Cafe  Zurich AG"), ("c", "m-3", null), ("d", "m-4", "Zürich Tram"),
            ("e", "m-5", "寿司"));
        Assert.Equal(ids, Ids(_harness.Decisions.List(new DecisionQuery { Merchant = merchant, Limit = 10 })));
    }

    [Fact]
    public void List_ByMerchant_GoesOnWhereThePageEnded()
    {
        Commit(("a", "m-1", "Shop"), ("b", "m-2", "Other"), ("c", "m-1", "Shop"), ("d", "m-2", "Other"), ("e", "m-1", "Shop"));
        var first = _harness.Decisions.List(new DecisionQuery { Merchant = "shop", Limit = 2 });
        Assert.Equal("c,e", Ids(first));
        var second = _harness.Decisions.List(new DecisionQuery { Merchant = "shop", Before = first.Next, Limit = 2 });
        Assert.Equal("a", Ids(second));
        Assert.Null(second.Next);
    }

    [Fact]
    public void List_ByMerchantAndCard_AsksForBoth()
    {
        Commit(("a", "m-1", "Shop"), ("b", "m-2", "Other"));
        var card = _harness.Decisions.Find("a")!.Transaction.CardToken;
        Assert.Equal("a", Ids(_harness.Decisions.List(new DecisionQuery { Merchant = "shop", CardToken = card, Limit = 10 })));
        Assert.Equal("", Ids(_harness.Decisions.List(new DecisionQuery { Merchant = "shop", CardToken = "nobody", Limit = 10 })));
    }

    [Fact]
    public void List_ByMerchantOfLongAgo_EndsEachPageAndFindsItInTheEnd()
    {
        const int Count = DecisionStore.MaxLookedThrough + 100;
        Commit([("old", "m-old", "Gone"), .. Enumerable.Range(0, Count).Select(i => ($"n-{i}", "m-new", (string?)null))]);
        var first = _harness.Decisions.List(new DecisionQuery { Merchant = "gone", Limit = 10 });
        Assert.Empty(first.Decisions);
        Assert.Equal(102, first.Next);
        Assert.Equal("old", Ids(_harness.Decisions.List(new DecisionQuery { Merchant = "gone", Before = first.Next, Limit = 10 })));
    }

    private static string Ids(DecisionMatches found) =>
        string.Join(',', found.Decisions.Select(stored => stored.Decision.Transaction.Id).Order(StringComparer.Ordinal));

    private void Commit(params (string Id, string Merchant, string? Name)[] payments)
    {
        using var writer = new CommitWriter(_harness.Store);
        writer.Commit([.. Process(_harness.Worker(), [.. payments.Select(payment => _harness.Entry(
            InShard(payment.Id) with { MerchantId = payment.Merchant, MerchantName = payment.Name }))])]);
    }
}

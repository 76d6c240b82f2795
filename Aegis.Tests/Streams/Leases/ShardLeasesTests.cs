using Aegis.Streams;
using Aegis.Streams.Leases;
using Aegis.Streams.Redis;

namespace Aegis.Tests.Streams.Leases;

public sealed class ShardLeasesTests(RedisFixture server) : EmptyLogTests(server), IClassFixture<RedisFixture>
{
    private static readonly int[] All = [0, 1, 2];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Renew_OfFreeLeases_HoldsThem_AndOthersGetTheRest()
    {
        var (one, other) = (Leases("one"), Leases("other"));
        var round = await one.RenewAsync(_ => [0, 2], Cancel);
        Assert.Equal([0, 2], round.Held.Order());
        Assert.Equal(["one:1"], round.Members);
        Assert.Null(round.ReplacedBy);
        round = await other.RenewAsync(_ => All, Cancel);
        Assert.Equal([1], round.Held);
        Assert.Equal(["one:1", "other:1"], round.Members);
        Assert.Null(round.ReplacedBy);
        // To renew is to keep, and no more is taken than was asked for.
        Assert.Equal([0], (await one.RenewAsync(_ => [0], Cancel)).Held);
        Assert.Equal([1], (await other.RenewAsync(_ => All, Cancel)).Held);
    }

    [Fact]
    public async Task Renew_AsksForTheLivingMembersInTheirOrder()
    {
        await Leases("b").RenewAsync(_ => [], Cancel);
        await Leases("C").RenewAsync(_ => [], Cancel);
        IReadOnlyList<string> told = [];
        await Leases("a").RenewAsync(
            members =>
            {
                told = members;
                return [];
            }, Cancel);
        Assert.Equal(["C:1", "a:1", "b:1"], told);
    }

    [Fact]
    public async Task Renew_OfALaterStart_TakesTheEarlierOnesLeases_WhichIsToldOfIt()
    {
        var (earlier, later) = (Leases("one"), Leases("one", start: "2"));
        await earlier.RenewAsync(_ => All, Cancel);
        var round = await later.RenewAsync(_ => All, Cancel);
        Assert.Equal(All, round.Held.Order());
        // The earlier start is dead to the later one.
        Assert.Equal(["one:2"], round.Members);
        round = await earlier.RenewAsync(_ => All, Cancel);
        Assert.Empty(round.Held);
        Assert.Equal("one:2", round.ReplacedBy);
        Assert.Equal(All, (await later.RenewAsync(_ => All, Cancel)).Held.Order());
    }

    [Fact]
    public async Task Renew_OfAnInstanceWhoseNameBeginsLikeAnothers_TakesNothingOfIt()
    {
        await Leases("one-b").RenewAsync(_ => All, Cancel);
        var round = await Leases("one").RenewAsync(_ => All, Cancel);
        Assert.Empty(round.Held);
        Assert.Equal((2, null), (round.Members.Count, round.ReplacedBy));
    }

    [Fact]
    public async Task Release_FreesLeasesThatAreOursAlone()
    {
        var (one, other) = (Leases("one"), Leases("other"));
        await one.RenewAsync(_ => [0, 1], Cancel);
        await other.RenewAsync(_ => [2], Cancel);
        await one.ReleaseAsync([0, 2], isLeaving: false, Cancel);
        var round = await other.RenewAsync(_ => All, Cancel);
        Assert.Equal([0, 2], round.Held.Order());
        Assert.Equal(["one:1", "other:1"], round.Members);
        await one.ReleaseAsync([1], isLeaving: true, Cancel);
        round = await other.RenewAsync(_ => All, Cancel);
        Assert.Equal(All, round.Held.Order());
        Assert.Equal(["other:1"], round.Members);
    }

    [Fact]
    public async Task ALease_EndsSomeTimeAfterItsHolder()
    {
        // Long enough to be asked for on a busy machine before it ends.
        const int LeaseMs = 1_000;
        await Leases("one", leaseMs: LeaseMs).RenewAsync(_ => All, Cancel);
        var remaining = (long)await Redis.ExecuteAsync(new RedisCommand("PTTL", StreamKeys.Lease(1)), Cancel);
        Assert.InRange(remaining, 1, LeaseMs);
        await Task.Delay(LeaseMs + 40, Cancel);
        var round = await Leases("other", leaseMs: LeaseMs).RenewAsync(_ => All, Cancel);
        Assert.Equal(All, round.Held.Order());
        Assert.Equal(["other:1"], round.Members);
    }

    private ShardLeases Leases(string instance, string start = "1", int leaseMs = 60_000) =>
        new(Redis, new LeaseHolder(instance, start), new StreamOptions { LeaseMs = leaseMs });
}

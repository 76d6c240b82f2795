using Aegis.Core.Ingestions;
using Aegis.Streams;
using Aegis.Streams.Ingestions;
using Aegis.Streams.Redis;

namespace Aegis.Tests.Streams.Ingestions;

public sealed class IngestionReportsTests(RedisFixture server) : EmptyLogTests(server), IClassFixture<RedisFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_GivesWhatWasAddedOnce_OldestFirst()
    {
        var reports = new IngestionReports(Redis);
        // More than a part.
        for (var i = 0; i < 205; i++)
        {
            await reports.AddAsync(Run(i), Cancel);
        }

        var taken = new List<IngestionRun>();
        await reports.TakeAsync(taken.AddRange, Cancel);
        Assert.Equal(Enumerable.Range(0, 205).Select(i => (long)i), taken.Select(run => run.Received));
        Assert.Equal(new IngestionFault(7, "amountMinor is '-1'; allowed: 0 or more"), Assert.Single(taken[0].Faults!));
        taken.Clear();
        await reports.TakeAsync(taken.AddRange, Cancel);
        Assert.Empty(taken);
    }

    [Fact]
    public async Task Take_WhereAPartCannotBeKept_GivesItAgain()
    {
        var reports = new IngestionReports(Redis);
        await reports.AddAsync(Run(1), Cancel);
        await Assert.ThrowsAsync<IOException>(() => reports.TakeAsync(_ => throw new IOException(), Cancel));
        var taken = new List<IngestionRun>();
        await reports.TakeAsync(taken.AddRange, Cancel);
        Assert.Single(taken);
    }

    [Fact]
    public async Task Take_OfAnEntryThatIsNone_PassesItOver()
    {
        await Redis.ExecuteAsync(new RedisCommand("XADD", StreamKeys.Ingestions, "*", "run", "no JSON"), Cancel);
        var reports = new IngestionReports(Redis);
        await reports.AddAsync(Run(1), Cancel);
        var taken = new List<IngestionRun>();
        await reports.TakeAsync(taken.AddRange, Cancel);
        Assert.Equal(1, Assert.Single(taken).Received);
        Assert.Equal(0, (long)await Redis.ExecuteAsync(new RedisCommand("XLEN", StreamKeys.Ingestions), Cancel));
    }

    private static IngestionRun Run(int received) => new()
    {
        Id = $"run-{received}", Format = "csv", File = "payments.csv", StartedAt = TestTransactions.Noon, EndedAt = TestTransactions.Noon,
        Received = received, Accepted = 0, Refused = received, Duplicates = 0,
        Faults = [new IngestionFault(7, "amountMinor is '-1'; allowed: 0 or more")],
    };
}

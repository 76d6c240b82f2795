using Aegis.Core.Budgets;
using Aegis.Core.Decisions;
using Aegis.Core.Facts;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Tests.Scoring;

public sealed class FactStoreTests : IDisposable
{
    private const int Shards = 4, Intervals = 40;
    private readonly string _folder = Repository.TemporaryFolder();
    private readonly Store _store;

    public FactStoreTests() => _store = Store.Open(Path.Combine(_folder, "aegis.db"), Shards);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Bring_FromAKeptTableAfterWhatItHoldsIsDeleted_GivesTheBitsOfAllCounts()
    {
        Publish();
        var facts = new FactStore(_store);
        var whole = Fingerprint(Bring(facts, 0, Intervals));
        var early = Bring(facts, 0, 10);
        Keep(facts, 25);
        Keep(facts, 30);
        // One shard still reads 27: that of 25 is needed, its counts and those before are not.
        Read(shard: 2, versionMs: 27);
        while (facts.DropUnneeded())
        {
        }

        Assert.Equal((15L * Shards, 2L), Rows());
        Assert.Equal(whole, Fingerprint(Bring(facts, 0, Intervals)));
        Assert.Equal(whole, Fingerprint(facts.Bring(early.Table, early.Trend, 10, Intervals)));
        var (table, trend) = Bring(facts, 0, 27);
        Assert.Equal(whole, Fingerprint(facts.Bring(table, trend, 27, Intervals)));
        Assert.Contains("20", Assert.Throws<StoreException>(() => Bring(facts, 0, 20)).Message, StringComparison.Ordinal);

        Read(shard: 2, versionMs: Intervals);
        while (facts.DropUnneeded())
        {
        }

        Assert.Equal((10L * Shards, 1L), Rows());
        Assert.Equal(whole, Fingerprint(Bring(facts, 0, Intervals)));
    }

    [Fact]
    public void Keep_OfATableThatWasNotFinished_DoesNotCount()
    {
        Publish();
        var facts = new FactStore(_store);
        var whole = Fingerprint(Bring(facts, 0, Intervals));
        using (var connection = _store.Connect())
        {
            connection.Execute("INSERT INTO fact_tables (version_ms, part, parts, data) VALUES (30, 0, 2, x'00')");
        }

        Assert.False(facts.DropUnneeded());
        Assert.Equal(whole, Fingerprint(Bring(facts, 0, Intervals)));
    }

    [Fact]
    public void Open_OfFactsOfAnotherLayout_IsRefused()
    {
        _store.Note("factsLayout", "1/2/3");
        Assert.Contains("layout 1/2/3", Assert.Throws<StoreException>(() => new FactStore(_store)).Message, StringComparison.Ordinal);
    }

    private static (FactTable Table, ScoreTrend Trend) Bring(FactStore facts, long from, long to) =>
        facts.Bring(new FactTable(), new ScoreTrend(), from, to);

    private static (ulong, ulong) Fingerprint((FactTable Table, ScoreTrend Trend) version) =>
        (version.Table.Fingerprint(), version.Trend.Fingerprint());

    private static void Keep(FactStore facts, long version)
    {
        var (table, trend) = Bring(facts, 0, version);
        facts.Keep(version, table.ToBytes().Span, trend.ToBytes());
    }

    private void Publish()
    {
        using var connection = _store.Connect();
        for (var interval = 1; interval <= Intervals; interval++)
        {
            for (var shard = 0; shard < Shards; shard++)
            {
                var counts = new FactCounts();
                for (var i = 0; i < 1 + (interval % 3); i++)
                {
                    counts.Add(new Payment(
                        1_000L * interval, 5 + (interval * shard) + i, 5411, Channel.Chip, RecentPayment.Pack("DE"), 1, (ulong)(
                            (interval + shard) % 7), null, null), isNewAtMerchant: i == 0);
                }

                var scores = new ScoreCounts { Model = 1, ReviewAt = 3, DeclineAt = 5 };
                scores.Add(interval % 6, DecisionOutcome.Review, DecisionOutcome.Review);
                var written = new byte[ScoreCounts.MaxBytes];
                connection.Execute(
                    "INSERT INTO fact_scores (interval_end_ms, shard, data) VALUES (@interval, @shard, @data)", new
                    { interval, shard, data = written[..scores.Write(written)] });
                connection.Execute(
                    "INSERT INTO fact_counts (interval_end_ms, shard, data) VALUES (@interval, @shard, @data)", new
                    { interval, shard, data = counts.ToBytes().Span.ToArray() });
            }
        }

        connection.Execute("UPDATE shards SET barrier_ms = @Intervals, facts_ms = @Intervals", new { Intervals });
    }

    private void Read(int shard, long versionMs)
    {
        using var connection = _store.Connect();
        connection.Execute("UPDATE shards SET facts_ms = @versionMs WHERE shard = @shard", new { shard, versionMs });
    }

    private (long Counts, long Tables) Rows()
    {
        using var connection = _store.Connect();
        return connection.QuerySingle<(long, long)>(
            "SELECT (SELECT COUNT(*) FROM fact_counts), (SELECT COUNT(DISTINCT version_ms) FROM fact_tables)");
    }
}

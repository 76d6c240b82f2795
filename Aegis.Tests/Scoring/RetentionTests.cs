using System.Diagnostics;
using Aegis.Scoring;
using Aegis.Scoring.Storage;
using Aegis.Tests.MachineLearning;
using Dapper;
using Microsoft.Extensions.Options;
using static Aegis.Scoring.Storage.Retention;
using static Aegis.Tests.Scoring.ShardHarness;

namespace Aegis.Tests.Scoring;

public sealed class RetentionTests(SmallModel small, ITestOutputHelper output) : IClassFixture<SmallModel>, IDisposable
{
    private readonly ShardHarness _harness = new(small);
    private int _made;

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void Step_OfLimitedSize_StopsTheFileFromGrowing()
    {
        const int Rounds = 10;
        const int PerRound = 4_000;
        const double LimitMiB = 6;
        using var writer = new CommitWriter(_harness.Store);
        var worker = _harness.Worker();
        var retention = Retention(options => options.StoreMaxGiB = LimitMiB / 1_024);
        var index = new IndexBuilder(_harness.Store, _harness.Recent);
        var sizes = new List<double>();
        var steps = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var block in Process(worker, [.. Enumerable.Range(0, PerRound).Select(_ => _harness.Entry(InShard($"t-{_made++}")))]))
            {
                writer.Commit([block]);
            }

            while (index.Step())
            {
                // Until all is in segments.
            }

            for (var started = Stopwatch.GetTimestamp(); retention.Step(); started = Stopwatch.GetTimestamp())
            {
                steps.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            while (index.Step())
            {
                // What it deleted is dropped from the index too.
            }

            _harness.Store.Checkpoint();
            sizes.Add(new FileInfo(_harness.Options.StorePath).Length / 1048576.0);
        }

        output.WriteLine($"file MiB by round: {string.Join(' ', sizes.Select(s => $"{s:N1}"))}; {steps.Count} steps, median {steps.Order().ElementAt(steps.Count / 2):N1} ms, longest {steps.Max():N1} ms");
        Assert.InRange(sizes[^1], LimitMiB * 0.5, LimitMiB + (sizes[0] * 1.1));
        Assert.InRange(sizes[^1], 0, sizes[Rounds / 2] * 1.1);
        Assert.NotNull(_harness.Decisions.Find($"t-{_made - 1}"));
        Assert.Null(_harness.Decisions.Find("t-0"));
        Assert.Equal(_made, _harness.Decisions.Counts().Counts["decided"]);
        using var connection = _harness.Store.Connect();
        var oldest = connection.ExecuteScalar<long>("SELECT MIN(sequence) FROM decisions");
        Assert.Equal(0, connection.ExecuteScalar<long>("SELECT COUNT(*) FROM alerts WHERE sequence < @oldest", new { oldest }));
        Assert.Equal(0, connection.ExecuteScalar<long>(
            "SELECT COUNT(*) FROM index_segments WHERE last_sequence < @oldest", new { oldest }));
        Assert.Equal(0, connection.ExecuteScalar<long>(
            "SELECT COUNT(*) FROM index_parts WHERE segment NOT IN (SELECT segment FROM index_segments)"));
    }

    [Fact]
    public void Step_OfLimitedAge_DeletesWhatIsOlderAndNeverTheNewest()
    {
        using var writer = new CommitWriter(_harness.Store);
        var worker = _harness.Worker();
        writer.Commit([.. Process(
            worker, [.. Enumerable.Range(0, 1_500)
            .Select(i => _harness.Entry(InShard($"t-{i}"))), _harness.Raw("json", "poison"u8.ToArray())])]);
        using var connection = _harness.Store.Connect();
        connection.Execute("UPDATE decisions SET decided_at_us = decided_at_us - 3 * 86400000000 WHERE sequence <= 1100");
        var retention = Retention(options => options.StoreRetentionDays = 2);
        Assert.Equal(1, Steps(retention));
        Assert.Equal((1_101, 1_500), connection.QuerySingle<(long, long)>("SELECT MIN(sequence), MAX(sequence) FROM decisions"));

        // Recovery needs the letter until a snapshot has passed it; its entry is from March.
        Assert.Equal(1, connection.ExecuteScalar<long>("SELECT COUNT(*) FROM dead_letters"));
        connection.Execute("UPDATE shards SET snapshot_ms = position_ms, snapshot_seq = position_seq");
        Assert.Equal(1, Steps(retention));
        Assert.Equal(0, connection.ExecuteScalar<long>("SELECT COUNT(*) FROM dead_letters"));

        connection.Execute("UPDATE decisions SET decided_at_us = 0");
        Assert.Equal(1, Steps(retention));
        Assert.Equal("t-1499", Assert.Single(
            _harness.Decisions.List(new DecisionQuery { Limit = 10 }).Decisions).Decision.Transaction.Id);
        Assert.Equal(1_500, _harness.Decisions.Counts().Counts["decided"]);
    }

    [Fact]
    public void Step_OfFewerRowsThanAreBeyondTheLimit_TakesTheOldestMoreThanACommitBrings()
    {
        using var connection = _harness.Store.Connect();
        using var writer = new CommitWriter(_harness.Store);
        writer.Commit([.. Process(_harness.Worker(), [_harness.Entry(InShard("first"))])]);
        connection.Execute(
            """
            UPDATE decisions SET decided_at_us = 1;
            WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 25000)
            INSERT INTO decisions (shard, position_ms, position_seq, item, id_hash, card_hash, country, outcome, is_late, risk, version_id, facts_ms, decided_at_us, transaction_body, scores)
            SELECT shard, position_ms, position_seq, item, id_hash, card_hash, country, outcome, is_late, risk, version_id, facts_ms, i, transaction_body, scores FROM n, decisions
            """);
        var retention = Retention(options => options.StoreRetentionDays = 1);
        Assert.InRange(RowsAtOnce, new ScoringOptions().CommitBatch * 2, 1_000_000);

        Assert.True(retention.Step());
        Assert.Equal((RowsAtOnce, 25_000), connection.QuerySingle<(long, long)>("SELECT MIN(sequence) - 1, MAX(sequence) FROM decisions"));
        Assert.Equal(2, Steps(retention));
        Assert.Equal((25_000, 25_000), connection.QuerySingle<(long, long)>("SELECT MIN(sequence), MAX(sequence) FROM decisions"));
    }

    [Fact]
    public void Step_WithoutLimits_DeletesNothing() => Assert.False(Retention(_ => { }).Step());

    private static int Steps(Retention retention)
    {
        var steps = 0;
        while (retention.Step())
        {
            steps++;
        }

        return steps;
    }

    private Retention Retention(Action<ScoringOptions> configure)
    {
        var options = new ScoringOptions();
        configure(options);
        return new Retention(_harness.Store, new OptionsWrapper<ScoringOptions>(options), TimeProvider.System);
    }
}

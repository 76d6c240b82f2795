using Aegis.Core.Ingestions;
using Aegis.Scoring.Storage;
using Microsoft.Data.Sqlite;

namespace Aegis.Tests.Scoring;

public sealed class IngestionStoreTests : IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();
    private readonly IngestionStore _ingestions;

    public IngestionStoreTests() => _ingestions = new IngestionStore(Store.Open(Path.Combine(_folder, "aegis.db"), shardCount: 2));

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Find_GivesARunAsItWasAdded_AndListLeavesItsFaultsOut()
    {
        var run = Run(1) with { File = null, Faults = [new IngestionFault(3, "a"), new IngestionFault(9, "b")], FaultsLeftOut = 4 };
        _ingestions.Add([run]);
        var found = _ingestions.Find("run-00001")!;
        Assert.Equal(run.Faults, found.Faults);
        Assert.Equal(run with { Faults = null }, found with { Faults = null });
        Assert.Equal(run with { Faults = null }, Assert.Single(_ingestions.List(10)));
        Assert.Null(_ingestions.Find("run-00002"));
    }

    [Fact]
    public void Add_OfMoreThanAreKept_DropsTheOldest()
    {
        _ingestions.Add([.. Enumerable.Range(0, 600).Select(Run)]);
        // Handed over twice, a run counts once.
        _ingestions.Add([.. Enumerable.Range(500, 503).Select(Run)]);
        var runs = _ingestions.List(2_000);
        Assert.Equal(IngestionStore.MaxRuns, runs.Count);
        Assert.Equal(("run-01002", "run-00003"), (runs[0].Id, runs[^1].Id));
        Assert.Equal(["run-01002", "run-01001"], _ingestions.List(2).Select(run => run.Id));
    }

    private static IngestionRun Run(int number) => new()
    {
        Id = $"run-{number:D5}", Format = "csv", File = "payments.csv", StartedAt = TestTransactions.Noon,
        EndedAt = TestTransactions.Noon.AddSeconds(number), Received = 10, Accepted = 5, Refused = 2, Duplicates = 3, Faults = [],
    };
}

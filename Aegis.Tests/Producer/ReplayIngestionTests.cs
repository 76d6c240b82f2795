using Aegis.Core.Ingestions;
using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using Aegis.Producer;
using Aegis.Streams.Ingestions;
using Aegis.Tests.Streams;
using Microsoft.Extensions.Time.Testing;

namespace Aegis.Tests.Producer;

public sealed class ReplayIngestionTests(RedisFixture redis) : EmptyLogTests(redis), IClassFixture<RedisFixture>
{
    private readonly FakeTimeProvider _time = new(TestTransactions.Noon);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_HandsOverWhatBecameOfEachLine_AlsoWhereALineEndsIt(bool isEnded)
    {
        var ingestion = Ingestion();
        var running = ingestion.RunAsync(() =>
        {
            ingestion.Count(Line(2, "a"));
            ingestion.Count(Line(3, "a"));
            ingestion.Count(new CsvLine(4, null, default, [new CsvFault(new TransactionFault("mcc", "x", "four digits"), "column 3")]));
            return isEnded ? throw new DatasetException("line 4 is wrong") : Task.CompletedTask;
        }, CancellationToken.None);
        if (isEnded)
        {
            await Assert.ThrowsAsync<DatasetException>(() => running);
        }
        else
        {
            await running;
        }

        var run = Assert.Single(await TakenAsync());
        Assert.Equal(("csv", "payments.csv", TestTransactions.Noon), (run.Format, run.File, run.StartedAt));
        Assert.Equal((3, 1, 1, 1), (run.Received, run.Accepted, run.Refused, run.Duplicates));
        Assert.Equal([new IngestionFault(4, "column 3: mcc is 'x'; allowed: four digits")], run.Faults);
    }

    [Fact]
    public async Task Run_OfNothing_HandsNothingOver()
    {
        await Ingestion().RunAsync(() => Task.CompletedTask, CancellationToken.None);
        Assert.Empty(await TakenAsync());
    }

    private static CsvLine Line(long line, string id) => new(line, TestTransactions.Valid(id), default, []);

    private ReplayIngestion Ingestion() => new("/data/payments.csv", new IngestionReports(Redis), _time);

    private async Task<List<IngestionRun>> TakenAsync()
    {
        var taken = new List<IngestionRun>();
        await new IngestionReports(Redis).TakeAsync(taken.AddRange, CancellationToken.None);
        return taken;
    }
}

using Aegis.Streams.Appending;

namespace Aegis.Tests.Streams.Appending;

public sealed class ProducerProgressTests
{
    [Fact]
    public void Of_RecordsOfABatchThatWasCutOff_KnowsItemByItemWhatIsThere()
    {
        var progress = ProducerProgress.Of(["90 95 99", "99 101 104", null, "0 7"]);
        Assert.Equal((99, 104), (progress.Complete, progress.Highest));
        Assert.Equal([1L, 99, 101, 104], new long[] { 1, 99, 100, 101, 102, 103, 104, 105 }.Where(progress.Has));
        Assert.True(progress.Names(1, 104) && !progress.Names(0, 104));
    }

    [Fact]
    public void Record_OfAShardThatHasSomeOfABatch_KeepsThemUntilTheBatchIsComplete()
    {
        var progress = ProducerProgress.Of(["99 101 104", "99"]);
        Assert.Equal("99 101 104 102", progress.Record(0, [102]));
        Assert.Equal("99 100 103", progress.Record(1, [100, 103]));
        progress.CompleteUpTo(103);
        Assert.Equal(("103 104 105", "103 106"), (progress.Record(0, [105]), progress.Record(1, [106])));
    }

    [Fact]
    public void Of_NoRecords_HasNothing()
    {
        var progress = ProducerProgress.Of([null, null]);
        Assert.Equal((0, 0, false), (progress.Complete, progress.Highest, progress.Has(1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1  2")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public void Of_Nonsense_SaysWhatIsAllowed(string record) =>
        Assert.Contains("allowed: numbers", Assert.Throws<FormatException>(() => ProducerProgress.Of([record])).Message,
            StringComparison.Ordinal);
}

using System.Security.Cryptography;
using System.Text;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.Training.Bundles;
using Aegis.Training.Sources;

namespace Aegis.Tests.Training.Bundles;

public sealed class TrainingStreamTests(SmallDataset small) : IClassFixture<SmallDataset>
{
    /// <summary>The file has 30 days.</summary>
    [Theory]
    [InlineData(7, 7, 13)]
    [InlineData(14, 14, 27)]
    [InlineData(20, 15, 29)]
    [InlineData(1, 0, 1)]
    public void FromFile_WithoutDays_TakesThoseAfterAsManyThatWarmTheHistories(int days, int first, int last)
    {
        var stream = TrainingStream.FromFile(small.Path, new TrainOptions { Days = days }, new SkippedLines());
        Assert.Equal(SmallDataset.Days(first, last), stream.Days);
        Assert.Equal(small.Payments.Count, stream.Payments.Count());
    }

    [Fact]
    public void FromFile_WithDays_TakesThose() => Assert.Equal(
        SmallDataset.Days(3, 9),
        TrainingStream.FromFile(small.Path, new TrainOptions { Train = SmallDataset.Days(3, 9), Days = 7 }, new SkippedLines()).Days);

    [Fact]
    public void Simulated_EndsYesterday_AndStartsNinetyDaysBeforeTheThirtyDaysToFitOn()
    {
        var now = new DateTimeOffset(2026, 5, 1, 0, 30, 0, TimeSpan.Zero);
        var stream = TrainingStream.Simulated(new TrainOptions { Customers = 20 }, now);
        Assert.Equal("2026-04-01..2026-04-30", stream.Days.ToString());
        var days = stream.Payments.Select(payment => DateOnly.FromDateTime(payment.Transaction.EventTime.UtcDateTime)).ToList();
        Assert.Equal((new DateOnly(2026, 1, 1), new DateOnly(2026, 4, 30)), (days.Min(), days.Max()));
    }

    [Fact]
    public void Extract_OfDays_HasTheirRowsFromHistoriesThatEarlierDaysWarmed()
    {
        var payments = Enumerable.Range(0, 6).Select(i => new LabelledTransaction(
            TestTransactions.Valid($"t-{i}", at: TestTransactions.Noon.AddDays(i), amountMinor: 100 + i), new FraudLabel(i == 3))).ToList();
        var first = DateOnly.FromDateTime(TestTransactions.Noon.UtcDateTime);
        var read = 0;
        var rows = TrainingRows.Extract(
            new TrainingStream(
                payments.Select(payment => (read++, payment).payment), new(first.AddDays(2), first.AddDays(3)), IsWarmed: true),
            CurrencyRates.Default, shards: 2);
        Assert.Equal([first.DayNumber + 2, first.DayNumber + 3], rows.Rows.Days);
        Assert.Equal([false, true], rows.Rows.Frauds);
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("t-2 102\nt-3 103\n")))[..16], rows.Fingerprint);
        // The card has two payments before the first row, and nothing is read after the first payment of a later day.
        Assert.Equal(0, rows.Rows[0][(int)Feature.FirstPayment]);
        Assert.Equal(5, read);
    }
}

using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Bundles;

namespace Aegis.Tests.Training.Bundles;

public sealed class TrainingRowsTests
{
    private static readonly DateOnly First = DateOnly.FromDateTime(TestTransactions.Noon.Date);

    [Fact]
    public void Extract_TakesTheDaysToFitOn_AndLetsDaysBeforeWarmTheHistories()
    {
        var rows = Extract(("a", 100, -1), ("b", 200, 0), ("c", 300, 1), ("d", 400, 2));
        Assert.Equal([First.DayNumber, First.DayNumber + 1], rows.Rows.Days);
        Assert.Equal([false, true], rows.Rows.Frauds);
        Assert.Equal(["card-1", "card-1"], rows.Rows.Cards);
        Assert.Equal([Math.Log(2), Math.Log(3)], [rows.Rows[0][(int)Feature.CardAge], rows.Rows[1][(int)Feature.CardAge]], Close);
        Assert.Equal(new DateRange(First, First.AddDays(1)), rows.Days);
    }

    /// <summary>By: printf "b 200\nc 300\n" | sha256sum | cut -c1-16</summary>
    [Fact]
    public void Fingerprint_IsAHashOfIdsAndAmountsOfTheDays()
    {
        Assert.Equal("17b29e10dafc773d", Extract(("a", 100, -1), ("b", 200, 0), ("c", 300, 1), ("d", 400, 2)).Fingerprint);
        Assert.Equal("17b29e10dafc773d", Extract(("b", 200, 0), ("c", 300, 1)).Fingerprint);
        Assert.NotEqual("17b29e10dafc773d", Extract(("b", 200, 0), ("c", 301, 1)).Fingerprint);
    }

    [Fact]
    public void Extract_ReadsNothingBehindTheFirstPaymentAfterTheDays()
    {
        var read = 0;
        var payments = Stream(("a", 100, 0), ("b", 100, 2), ("c", 100, 3)).Select(row =>
        {
            read++;
            return row;
        });
        var stream = new TrainingStream(payments, new DateRange(First, First.AddDays(1)), IsWarmed: false);
        Assert.Equal(1, TrainingRows.Extract(stream, CurrencyRates.Default, shards: 2).Rows.Count);
        Assert.Equal(2, read);
    }

    private static bool Close(double expected, double found) => Math.Abs(expected - found) < 1e-6;

    private static TrainingRows Extract(params (string Id, long AmountMinor, int Day)[] payments) => TrainingRows.Extract(
        new TrainingStream(Stream(payments), new DateRange(First, First.AddDays(1)), IsWarmed: false), CurrencyRates.Default, shards: 2);

    private static IEnumerable<LabelledTransaction> Stream(params (string Id, long AmountMinor, int Day)[] payments) => payments.Select(
        payment => new LabelledTransaction(
            TestTransactions.Valid(payment.Id, at: TestTransactions.Noon.AddDays(payment.Day), amountMinor: payment.AmountMinor),
            new FraudLabel(payment.Id == "c")));
}

using Aegis.Datasets.Files;
using Aegis.Training.Sources;

namespace Aegis.Tests.Training.Sources;

public sealed class TransactionSourceTests : IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_OfRowWeeksBehind_NamesBothLines()
    {
        var error = Assert.Throws<DatasetException>(() => Read("a,2018-05-01 00:00:00", "b,2018-05-20 12:00:00", "c,2018-05-02 00:00:00"));
        Assert.Contains(
            "file.csv, line 4: eventTime is '2018-05-02 00:00:00Z'; allowed: at most 24 hours before 2018-05-20 12:00:00Z of line 3",
            error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfRowHoursBehind_KeepsItsPlace() =>
        Assert.Equal(
            ["a", "b", "c"],
            Read("a,2018-05-01 00:00:00", "b,2018-05-20 12:00:00", "c,2018-05-19 12:00:00").Select(row => row.Transaction.Id));

    [Fact]
    public void Read_OfRepeatedId_NamesTheFirstLine()
    {
        var error = Assert.Throws<DatasetException>(() => Read("a,2018-05-01 00:00:00", "b,2018-05-01 00:00:01", "a,2018-05-01 23:00:00"));
        Assert.Contains(
            "file.csv, line 4: id is 'a'; allowed: an id that no payment of the day before has; line 2 has it",
            error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfIdRepeatedAfterAPeriodEnds_RemembersItForADay()
    {
        // "b" comes in the last hour of the first period of ids and again in the second.
        Assert.Throws<DatasetException>(
            () => Read("a,2018-05-01 00:00:00", "b,2018-05-01 23:30:00", "c,2018-05-02 00:30:00", "b,2018-05-02 23:00:00"));
        Assert.Equal(3, Read("a,2018-05-01 00:00:00", "b,2018-05-01 23:30:00", "b,2018-05-09 00:00:00").Count);
    }

    [Fact]
    public void Read_WithSkipBad_TellsWhatItLeftOut()
    {
        var skipped = new SkippedLines();
        for (var pass = 0; pass < 2; pass++)
        {
            var rows = Read(
                ["a,2018-05-01 00:00:00", "a,2018-05-01 00:00:01", "b,never", "c,2018-05-01 00:00:02", "d,2018-04-01 00:00:00"], skipped);
            Assert.Equal(["a", "c"], rows.Select(row => row.Transaction.Id));
        }

        Assert.Equal(3, skipped.Count);
        Assert.StartsWith("Skipped 3 bad lines, the first of them line 3: id is 'a'", skipped.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfCardNumbers_ExchangesThemForTheSameTokensEachTime()
    {
        var path = Path.Combine(_folder, "numbers.csv");
        File.WriteAllText(path, """
            TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD,TX_FRAUD_SCENARIO
            1,2018-05-01 00:00:00,4111111111111111,7,10.00,0,0
            2,2018-05-01 00:00:01,4111 1111 1111 1111,7,10.00,0,0
            """);
        var tokens = TransactionSource.Read(path, "handbook").Select(row => row.Transaction.CardToken).ToList();
        Assert.Equal(tokens[0], tokens[1]);
        Assert.DoesNotContain("1111", tokens[0], StringComparison.Ordinal);
        Assert.Equal(tokens, TransactionSource.Read(path, "handbook").Select(row => row.Transaction.CardToken));
    }

    [Fact]
    public void Read_OfFileWithoutPayments_SaysSo()
    {
        Assert.Contains("holds no payment", Assert.Throws<DatasetException>(() => Read()).Message, StringComparison.Ordinal);
        Assert.Contains(
            "holds no payment", Assert.Throws<DatasetException>(() => Read(["a,never"], new SkippedLines())).Message,
            StringComparison.Ordinal);
    }

    private List<Aegis.Core.Transactions.LabelledTransaction> Read(params string[] lines) => Read(lines, null);

    private List<Aegis.Core.Transactions.LabelledTransaction> Read(string[] lines, SkippedLines? skipped)
    {
        var path = Path.Combine(_folder, "file.csv");
        const string Header = "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD,TX_FRAUD_SCENARIO\n";
        File.WriteAllText(path, Header + string.Concat(lines.Select(line => $"{line},1,2,3.00,0,0\n")));
        return [.. TransactionSource.Read(path, "handbook", skipped is not null, skipped is null ? null : skipped.Add)];
    }
}

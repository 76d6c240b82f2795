using System.IO.Compression;
using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using Aegis.Datasets.Maps;
using Aegis.Datasets.Simulation;

namespace Aegis.Tests.Datasets;

public sealed class CsvTransactionReaderTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_OfWrittenStream_GivesItBack()
    {
        var path = Path.Combine(_folder, "stream.csv.gz");
        var rows = new TransactionSimulator(new SimulationOptions { Customers = 50 }).Stream(new DateOnly(2025, 1, 1), 20).ToList();
        using (var writer = new CsvTransactionWriter(path))
        {
            rows.ForEach(writer.Write);
        }

        var read = new CsvTransactionReader(path, ColumnMap.Load("native"), Now).Read().ToList();
        Assert.All(read, row => Assert.Empty(row.Faults));
        Assert.Equal(rows.Select(r => r.Transaction), read.Select(r => r.Transaction));
        Assert.Equal(rows.Select(r => r.Label), read.Select(r => r.Label));
        Assert.Equal(2, read[0].Line);
    }

    [Fact]
    public void Read_OfAddedCodes_TakesThem_WithTheDecimalsOfTheCurrency()
    {
        AddedCodes.Take("QPF:3", "QS");
        var path = Path.Combine(_folder, "added.csv");
        File.WriteAllText(path, "id,time,card,amount,currency,merchant,country\na-1,2026-03-01T11:00:00Z,c-1,4.12,QPF,m-1,QS\n");
        var map = Path.Combine(_folder, "added.json");
        File.WriteAllText(map, """
            {"name":"added","id":{"column":"id"},"eventTime":{"column":"time","format":"iso"},"card":{"column":"card"},
             "amount":{"column":"amount","unit":"major"},"currency":{"column":"currency"},"merchantId":{"column":"merchant"},
             "mcc":{"constant":"5411"},"country":{"column":"country"},"channel":{"constant":"chip"}}
            """);
        var row = Assert.Single(new CsvTransactionReader(path, ColumnMap.Load(map), Now).Read());
        Assert.Empty(row.Faults);
        Assert.Equal(
            (4_120, "QPF", "QS"), (row.Transaction!.AmountMinor, row.Transaction.Currency, row.Transaction.Country));
    }

    [Fact]
    public void Read_AfterALine_ContinuesBehindIt()
    {
        var rows = Handbook("0,2018-04-01 00:00:31,596,3156,57.16,0,0\n1,2018-04-01 00:02:10,4961,3412,81.51,1,2\n").Read(afterLine: 2)
            .ToList();
        var row = Assert.Single(rows);
        Assert.Equal((3, "1", 8151, true), (row.Line, row.Transaction!.Id, row.Transaction.AmountMinor, row.Label.IsFraud));
    }

    [Theory]
    [InlineData("0,yesterday,596,3156,57.16,0,0", "eventTime")]
    [InlineData("0,2018-04-01 00:00:31,596,3156,much,0,0", "amount")]
    [InlineData("0,2018-04-01 00:00:31,596,3156,-3.00,0,0", "amountMinor")]
    [InlineData("0,2018-04-01 00:00:31,596,3156,57.165,0,0", "amount")]
    [InlineData("0,2018-04-01 00:00:31", "line")]
    [InlineData(",2018-04-01 00:00:31,596,3156,57.16,0,0", "id")]
    public void Read_OfBadLine_NamesTheField(string line, string field)
    {
        var row = Assert.Single(Handbook(line + "\n").Read());
        Assert.Null(row.Transaction);
        Assert.Equal(2, row.Line);
        Assert.Contains(row.Faults, fault => fault.Field == field);
    }

    [Fact]
    public void Read_OfBinaryFraction_RoundsToTheCent() =>
        Assert.Equal(8565, Assert.Single(
            Handbook("0,2018-04-01 00:00:31,596,3156,85.64999999999999,0,0\n").Read()).Transaction!.AmountMinor);

    [Fact]
    public void Read_WithWrongMap_NamesTheMissingColumn()
    {
        var error = Assert.Throws<DatasetException>(() => Reader("a,b\n1,2\n", ColumnMap.Load("handbook")).Read().ToList());
        Assert.Contains("TRANSACTION_ID", error.Message, StringComparison.Ordinal);
        Assert.Contains("a, b", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfTruncatedGzip_SaysWhereItBroke()
    {
        var path = Path.Combine(_folder, "cut.csv.gz");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            using var writer = new StreamWriter(gzip);
            writer.WriteLine("TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD,TX_FRAUD_SCENARIO");
            for (var i = 0; i < 20_000; i++)
            {
                writer.WriteLine($"{i},2018-04-01 00:00:31,{i * 7919 % 4999},{i * 104729 % 9973},{i * 31 % 977}.16,0,0");
            }
        }

        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        var error = Assert.Throws<DatasetException>(() => new CsvTransactionReader(path, ColumnMap.Load("handbook"), Now).Read().Count());
        Assert.Contains("cut short", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfEmptyFile_SaysSo() => Assert.Throws<DatasetException>(() => Reader("", ColumnMap.Load("handbook")).Read().Count());

    [Fact]
    public void Load_OfUnknownMap_NamesTheShippedOnes() =>
        Assert.Contains("handbook, sparkov", Assert.Throws<DatasetException>(() => ColumnMap.Load("nonsense")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Load_OfCustomMap_FillsWhatTheFileLacks()
    {
        var map = Path.Combine(_folder, "map.json");
        File.WriteAllText(map, """
            { "name": "shop", "id": { "template": "shop-{line}" }, "eventTime": { "column": "when", "format": "unix-milliseconds" }, "card": { "column": "who" },
              "amount": { "column": "cents" }, "currency": { "constant": "JPY" }, "merchantId": { "constant": "shop" },
              "mcc": { "column": "kind", "values": { "food": "5812" }, "constant": "5999" }, "country": { "constant": "JP" }, "channel": { "constant": "ecommerce" } }
            """);
        var rows = Reader("when,who,cents,kind\n1700000000000,7,500,food\n1700000000001,8,600,toys\n", ColumnMap.Load(map)).Read().ToList();
        Assert.Equal(["shop-2", "shop-3"], rows.Select(r => r.Transaction!.Id));
        Assert.Equal([5812, 5999], rows.Select(r => r.Transaction!.Mcc));
    }

    private CsvTransactionReader Handbook(string lines) =>
        Reader("TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD,TX_FRAUD_SCENARIO\n"
            + lines, ColumnMap.Load("handbook"));

    private CsvTransactionReader Reader(string content, ColumnMap map)
    {
        var path = Path.Combine(_folder, "file.csv");
        File.WriteAllText(path, content);
        return new CsvTransactionReader(path, map, Now);
    }
}

using System.IO.Compression;
using System.Text;
using Aegis.Datasets.Files;
using Aegis.Datasets.Maps;

namespace Aegis.Tests.Datasets;

/// <summary>What files do wrong: each is a clear error or a rejected line, and never a wrong number.</summary>
public sealed class BadCsvTests : IDisposable
{
    private const string Header = "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD,TX_FRAUD_SCENARIO\n";
    private const string First = "0,2018-04-01 00:00:31,596,3156,57.16,0,0\n";
    private const string Second = "1,2018-04-01 00:02:10,4961,3412,81.51,0,0\n";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\r\n")]
    [InlineData("\uFEFF")]
    public void Read_OfEmptyFile_SaysSo(string content) =>
        Assert.Contains("file.csv' is empty", Failure(content), StringComparison.Ordinal);

    [Fact]
    public void Read_OfHeaderAlone_HoldsNoLine() => Assert.Empty(Rows(Header));

    [Fact]
    public void Read_OfByteOrderMarkAndWindowsLineEnds_ReadsTheSameValues()
    {
        var plain = Rows(Header + First + Second).Select(row => row.Transaction);
        Assert.Equal(plain, Rows("\uFEFF" + (Header + First + Second).Replace("\n", "\r\n", StringComparison.Ordinal))
            .Select(row => row.Transaction));
        Assert.Equal(plain, Rows(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Header + First + Second)).ToArray())
            .Select(row => row.Transaction));
    }

    [Fact]
    public void Read_OfEmptyLines_CountsThem() => Assert.Equal([2, 5], Rows(Header + First + "\n\r\n" + Second).Select(row => row.Line));

    [Fact]
    public void Read_OfQuotesInsideQuotes_KeepsTheText()
    {
        var row = Assert.Single(Rows("no,when,who,sum,shop\n1,2024-07-01T10:00:00,7,5.00,\"Joe's \"\"Best\"\", Ltd\"\n", Shop()));
        Assert.Equal("Joe's \"Best\", Ltd", row.Transaction!.MerchantId);
    }

    [Theory]
    [InlineData("0,2018-04-01 00:00:31,59\"6,3156,57.16,0,0\n")]
    [InlineData("0,2018-04-01 00:00:31,\"59\"6,3156,57.16,0,0\n")]
    [InlineData("0,2018-04-01 00:00:31,\"596\" ,3156,57.16,0,0\n")]
    [InlineData("0,2018-04-01 00:00:31,596,3156,57.16,0\n")]
    [InlineData("0,2018-04-01 00:00:31,596,3156,57.16,0,0,0\n")]
    [InlineData("0;2018-04-01 00:00:31;596;3156;57.16;0;0\n")]
    public void Read_OfDamagedLine_RejectsItAndReadsTheNext(string damaged)
    {
        var rows = Rows(Header + damaged + Second);
        Assert.Equal([2, 3], rows.Select(row => row.Line));
        Assert.Equal("line", Assert.Single(rows[0].Faults).Field);
        Assert.Null(rows[0].Transaction);
        Assert.Equal(8151, rows[1].Transaction!.AmountMinor);
    }

    [Fact]
    public void Read_OfQuoteThatIsNeverClosed_RejectsTheLineThatOpensIt()
    {
        // The rest of the file would pass as the scenario's text.
        var rows = Rows(Header + First + "1,2018-04-01 00:02:10,4961,3412,81.51,0,\"0\n" + Second + Second);
        Assert.Equal(3, rows[^1].Line);
        Assert.Contains("a closing quote for every opening one", Assert.Single(rows[^1].Faults).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfLineBreakInsideQuotes_CountsOn()
    {
        var rows = Rows("no,when,who,sum,shop,note\n1,2024-07-01T10:00:00,7,5.00,s,\"two\nlines\"\n2,2024-07-01T10:00:00,7,5.00,s,one\n",
            Shop());
        Assert.Equal([2, 4], rows.Select(row => row.Line));
        Assert.All(rows, row => Assert.Empty(row.Faults));
    }

    [Fact]
    public void Read_OfLineOfTenMegabytes_NamesItsNumber()
    {
        var error = Failure(Header + First + new string('7', 10_000_000) + Second);
        Assert.Contains("file.csv', line 3: the line is longer than 1,048,576 bytes", error, StringComparison.Ordinal);
        Assert.True(error.Length < 500, "the line itself is not repeated");
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void Read_OfOtherDelimiter_FindsIt(char delimiter) =>
        Assert.Equal(5716, Assert.Single(Rows((Header + First).Replace(',', delimiter))).Transaction!.AmountMinor);

    [Fact]
    public void Read_OfDelimiterThatTheMapDenies_ShowsHowTheHeaderWasSplit()
    {
        var map = Shop("\"delimiter\": \";\",");
        var error = Failure("no,when,who,sum,shop\n1,2024-07-01T10:00:00,7,5.00,s\n", map);
        Assert.Contains("takes $.id.column from column 'no'", error, StringComparison.Ordinal);
        Assert.Contains("split at ';': no,when,who,sum,shop", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfUnknownColumns_NamesTheMissingAndSomeOfThoseThere()
    {
        var error = Failure(string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"c{i}")) + "\n");
        Assert.Contains("column 'TRANSACTION_ID'", error, StringComparison.Ordinal);
        Assert.Contains("c29 and 9970 more", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfFileWithoutHeader_RepeatsNoCardNumber() =>
        Assert.DoesNotContain(
            "4111111111111111", Failure("1,2018-04-01 00:00:31,4111111111111111,3156,57.16,0,0\n"), StringComparison.Ordinal);

    [Fact]
    public void Read_OfBlanksAroundNamesAndCells_LeavesThemOut()
    {
        var row = Assert.Single(Rows(" no, when,who ,sum, shop \n 1, 2024-07-01T10:00:00, 7,5.00 , the shop\n", Shop()));
        Assert.Empty(row.Faults);
        Assert.Equal(("1", "7", "the shop"), (row.Transaction!.Id, row.Transaction.CardToken, row.Transaction.MerchantId));
    }

    [Fact]
    public void Read_OfColumnThatIsThereTwice_IsRefused() =>
        Assert.Contains("'TX_AMOUNT', which", Failure(Header.Replace("TX_FRAUD,", "TX_AMOUNT,", StringComparison.Ordinal)),
            StringComparison.Ordinal);

    [Fact]
    public void Read_OfDamagedHeader_SaysSo() =>
        Assert.Contains("line 1: the header is damaged", Failure("no,wh\"en\n1,2\n"), StringComparison.Ordinal);

    [Fact]
    public void Read_OfGzipCutAnywhere_NeverEndsQuietly()
    {
        var path = Path.Combine(_folder, "whole.csv.gz");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Header));
            for (var i = 0; i < 500; i++)
            {
                gzip.Write(Encoding.UTF8.GetBytes(
                    $"{i},2018-04-01 00:00:31,{i * 7919 % 4999},{i * 104729 % 9973},{i * 31 % 977}.16,0,0\n"));
            }
        }

        var bytes = File.ReadAllBytes(path);
        foreach (var length in Enumerable.Range(2, bytes.Length - 2).Where(length => length % 499 == 0 || length > bytes.Length - 10))
        {
            var error = Failure(bytes[..length]);
            Assert.True(error.Contains("damaged or cut short", StringComparison.Ordinal),
                $"cut to {length} of {bytes.Length} bytes: {error}");
        }
    }

    [Theory]
    [InlineData("caf\u00e9")]
    [InlineData("a\0b")]
    [InlineData("\"a\nb\"")]
    public void Read_OfIdWithOtherCharacters_RejectsTheLine(string id) =>
        Assert.Contains(Assert.Single(Rows($"{Header}{id},2018-04-01 00:00:31,596,3156,57.16,0,0\n")).Faults, fault => fault.Field == "id");

    [Fact]
    public void Read_OfLatinLetters_RejectsTheLineInsteadOfGuessing()
    {
        var bytes = Encoding.Latin1.GetBytes("no,when,who,sum,shop\n1,2024-07-01T10:00:00,7,5.00,Caf\u00e9\n");
        Assert.StartsWith(
            "column 5 'shop': merchantId is", Assert.Single(Assert.Single(Rows(bytes, Shop())).Faults)
            .ToString(), StringComparison.Ordinal);
    }

    private string Failure(string content, ColumnMap? map = null) => Failure(Encoding.UTF8.GetBytes(content), map);

    private string Failure(byte[] content, ColumnMap? map = null) => Assert.Throws<DatasetException>(() => Rows(content, map)).Message;

    private List<CsvLine> Rows(string content, ColumnMap? map = null) => Rows(Encoding.UTF8.GetBytes(content), map);

    private List<CsvLine> Rows(byte[] content, ColumnMap? map = null)
    {
        var path = Path.Combine(_folder, "file.csv");
        File.WriteAllBytes(path, content);
        return [.. new CsvTransactionReader(path, map ?? ColumnMap.Load("handbook"), Now).Read()];
    }

    private ColumnMap Shop(string more = "")
    {
        var path = Path.Combine(_folder, "shop.json");
        File.WriteAllText(path, $$"""
            { "name": "shop", {{more}} "id": { "column": "no" }, "eventTime": { "column": "when" }, "card": { "column": "who" }, "amount": { "column": "sum", "unit": "major" },
              "currency": { "constant": "EUR" }, "merchantId": { "column": "shop" }, "mcc": { "constant": "5999" }, "country": { "constant": "DE" }, "channel": { "constant": "chip" } }
            """);
        return ColumnMap.Load(path);
    }
}

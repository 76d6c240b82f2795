using System.IO.Compression;
using System.Text;
using Aegis.Datasets.Files;

namespace Aegis.Tests.Datasets;

public sealed class NumericTableReaderTests : IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_TakesTheLastColumnForTheLabel()
    {
        var table = Read("a,b,label\n1,-2.5,0\n3e2, 4 ,1\n");
        Assert.Equal(["a", "b"], table.Columns);
        Assert.Equal([1, -2.5, 300, 4], table.Values);
        Assert.Equal(0, table.Missing);
        Assert.Equal([false, true], table.Labels);
    }

    [Fact]
    public void Read_WithLabelAndDrop_TakesTheRest()
    {
        var table = Read("a,label,name,b\n1,1.0,x,2\n3,0,y,4\n", "label", "name");
        Assert.Equal(["a", "b"], table.Columns);
        Assert.Equal([1, 2, 3, 4], table.Values);
        Assert.Equal([true, false], table.Labels);
    }

    [Theory]
    [InlineData("\uFEFFa;label\r\n1.5;0\r\n\r\n2.5;1\r\n")]
    [InlineData("\"a\"\t\"label\"\n\"1.5\"\t\"0\"\n2.5\t1\n")]
    [InlineData("a|label\n1.5|0\n2.5|1")]
    public void Read_OfOtherDelimitersQuotesAndLineEnds_ReadsTheSame(string content) => Assert.Equal([1.5, 2.5], Read(content).Values);

    [Fact]
    public void Read_OfGzip_ReadsTheSame()
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("a,label\n1.5,0\n2.5,1\n"u8);
        }

        Assert.Equal([1.5, 2.5], Read(bytes.ToArray(), null).Values);
        Assert.Contains("cut short", Failure(bytes.ToArray()[..^3]), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfColumnsThatAreNotNumeric_NamesThemAllWithTheirFirstOffence()
    {
        var error = Failure("no,name,x,when,gap,label\n1,2,3,4,5,0\n2,anna,1,2024-01-01,-,0\n3,ben,1,2024-01-02,-,1\n");
        Assert.Contains("file.csv has columns that are not numeric: 'name' (line 3: 'anna'), 'when' (line 3: '2024-01-01'), 'gap' (line 3: '-'); allowed: finite numbers", error, StringComparison.Ordinal);
        Assert.EndsWith("--drop name,when,gap.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("NA")]
    [InlineData("inf")]
    [InlineData("-Infinity")]
    [InlineData("1e39")]
    [InlineData("1e999")]
    [InlineData("\"1,5\"")]
    [InlineData("\"1,500\"")]
    [InlineData("0x10")]
    [InlineData("1 2")]
    [InlineData("true")]
    public void Read_OfCellThatIsNoFiniteNumber_NamesLineAndColumn(string cell) =>
        Assert.Contains($"'x' (line 2: '{cell.Trim('"')}')", Failure($"x,label\n{cell},0\n1,1\n"), StringComparison.Ordinal);

    [Fact]
    public void Read_OfEmptyCells_CountsThemAsMissing()
    {
        var table = Read("a,b,c,label\n1,,3,0\n  ,5,\"\",1\n7,8,1700000001,0\n");
        Assert.Equal([1, double.NaN, 3, double.NaN, 5, double.NaN, 7, 8, 1_700_000_001], table.Values);
        Assert.Equal(3, table.Missing);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("yes")]
    [InlineData("0.5")]
    [InlineData("NaN")]
    public void Read_OfLabelThatIsNeither_NamesLineColumnAndValue(string label) =>
        Assert.Contains($"file.csv, line 3, column 'kind': the label is '{label}'; allowed: 0 or 1", Failure($"x,kind\n1,0\n2,{label}\n"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("x,label\n1,0\n2\n", "line 3: line is '2'; allowed: 2 cells; this line has 1")]
    [InlineData("x,label\n1,0\n2,3,1\n", "line 3: line is '2,3,1'; allowed: 2 cells; this line has 3")]
    [InlineData("x,label\n1,0\n\"2,1\n", "line 3: line is '\"2,1")]
    [InlineData("", "is empty")]
    [InlineData("1,2,0\n3,4,1\n", "line 1: the line holds numbers only; allowed: a header")]
    [InlineData("x,x,label\n1,2,0\n", "line 1: 2 columns are named 'x'")]
    [InlineData("label\n0\n1\n", "has 0 columns beside the label")]
    public void Read_OfDamagedTable_NamesTheLine(string content, string expected) =>
        Assert.Contains(expected, Failure(content), StringComparison.Ordinal);

    [Fact]
    public void Read_OfTenThousandColumns_SaysHowManyAreAllowed() =>
        Assert.Contains("has 9,999 columns beside the label", Failure(
            string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"c{i}")) + "\n"), StringComparison.Ordinal);

    [Fact]
    public void Read_OfLineOfTenMegabytes_NamesItsNumber() =>
        Assert.Contains("line 3: the line is longer than", Failure("x,label\n1,0\n" + new string('1', 10_000_000) + ",1\n"),
            StringComparison.Ordinal);

    [Fact]
    public void Read_OfUnknownLabelOrDrop_NamesTheColumns()
    {
        Assert.Contains("--label names 'fraud', which", Failure("a,b,label\n", "fraud"), StringComparison.Ordinal);
        Assert.Contains("its columns, split at ',': a, b, label", Failure("a,b,label\n", null, "c"), StringComparison.Ordinal);
        Assert.Contains("--drop names 'label', which is the label", Failure("a,b,label\n", null, "label"), StringComparison.Ordinal);
    }

    private string Failure(string content, string? label = null, params string[] drop) =>
        Failure(Encoding.UTF8.GetBytes(content), label, drop);

    private string Failure(byte[] content, string? label = null, params string[] drop) =>
        Assert.Throws<DatasetException>(() => Read(content, label, drop)).Message;

    private NumericTable Read(string content, string? label = null, params string[] drop) =>
        Read(Encoding.UTF8.GetBytes(content), label, drop);

    private NumericTable Read(byte[] content, string? label, params string[] drop)
    {
        var path = Path.Combine(_folder, "file.csv");
        File.WriteAllBytes(path, content);
        return NumericTableReader.Read(path, label, drop, 2_048);
    }
}

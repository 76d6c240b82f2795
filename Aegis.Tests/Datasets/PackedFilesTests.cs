using System.IO.Compression;
using System.Text;
using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using Aegis.Datasets.Maps;
using ZstdSharp;

namespace Aegis.Tests.Datasets;

/// <summary>Files packed by gzip, zstd or zip, under names that tell nothing.</summary>
public sealed class PackedFilesTests : IDisposable
{
    private const string Header = "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD,TX_FRAUD_SCENARIO\n";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Csv = Encoding.UTF8.GetBytes(Header + string.Concat(Enumerable.Range(0, 500).Select(
        i => $"{i},2018-04-01 00:00:31,{i * 7919 % 4999},{i * 104729 % 9973},{i * 31 % 977}.16,0,0\n")));

    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Packings => ["gzip", "zstd", "zip"];

    [Theory]
    [MemberData(nameof(Packings))]
    public void Read_OfAPackedFile_GivesWhatThePlainOneDoes(string packing)
    {
        var expected = Read(Csv);
        Assert.Equal(500, expected.Count);
        Assert.Equal(expected, Read(Pack(packing, Csv)));
        using var table = new CsvFile(Path.Combine(_folder, "payments"));
        Assert.Equal(7, table.Header.Length);
    }

    [Theory]
    [MemberData(nameof(Packings))]
    public void Read_OfAPackedFileCutAnywhere_NeverEndsQuietly(string packing)
    {
        var bytes = Pack(packing, Csv);
        foreach (var length in Enumerable.Range(4, bytes.Length - 4).Where(length => length % 499 == 0 || length > bytes.Length - 10))
        {
            Assert.Contains("is damaged or cut short", Failure(bytes[..length]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_OfAZipWhoseTextIsNotWhatWasPacked_SaysSo()
    {
        var bytes = Zip(CompressionLevel.NoCompression, ("a.csv", Csv));
        var digit = bytes.AsSpan().LastIndexOf("7.16"u8);
        bytes[digit] = (byte)'8';
        Assert.Contains("is damaged or cut short after line 50", Failure(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAZipWithOtherFilesBeside_TakesTheCsv() => Assert.Equal(
        500, Read(Zip(
            CompressionLevel.Fastest, ("data/README.md", "# Read me"u8.ToArray()), ("data/a.csv", Csv),
            ("__MACOSX/data/._a.csv", [0, 5, 22, 7]), (".DS_Store", [0, 0, 0, 1]))).Count);

    [Fact]
    public void Read_OfAZipWithOneFileOfAnyName_TakesIt() =>
        Assert.Equal(500, Read(Zip(CompressionLevel.Fastest, ("export.dat", Csv))).Count);

    [Fact]
    public void Read_OfAZipWithSeveralCsvFiles_NamesThem() => Assert.Equal(
        $"Data file '{File}' is a zip archive that holds 2 CSV files: train.csv, deep/test.CSV; allowed: a zip archive with one.",
        Failure(Zip(CompressionLevel.Fastest, ("train.csv", Csv), ("deep/test.CSV", Csv), ("README", Csv))));

    [Fact]
    public void Read_OfAZipWithoutCsv_NamesWhatItHolds()
    {
        Assert.Equal(
            $"Data file '{File}' is a zip archive that holds no CSV file: a.json, b.json; allowed: a zip archive with one.",
            Failure(Zip(CompressionLevel.Fastest, ("a.json", Csv), ("b.json", Csv))));
        Assert.Equal(
            $"Data file '{File}' is a zip archive that holds no CSV file; allowed: a zip archive with one.",
            Failure(Zip(CompressionLevel.Fastest)));
    }

    private string File => Path.Combine(_folder, "payments");

    private static byte[] Pack(string packing, byte[] content)
    {
        if (packing == "zip")
        {
            return Zip(CompressionLevel.Fastest, ("payments.csv", content));
        }

        using var packed = new MemoryStream();
        using (Stream packer = packing == "gzip"
            ? new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)
            : new CompressionStream(packed, leaveOpen: true))
        {
            packer.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] files)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return packed.ToArray();
    }

    private string Failure(byte[] content) => Assert.Throws<DatasetException>(() => Read(content)).Message;

    private List<Transaction> Read(byte[] content)
    {
        System.IO.File.WriteAllBytes(File, content);
        return [.. new CsvTransactionReader(File, ColumnMap.Load("handbook"), Now).Read().Select(row => row.Transaction!)];
    }
}

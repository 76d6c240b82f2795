using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Aegis.Datasets.Files;

namespace Aegis.Tests.Datasets;

/// <summary>Files of other formats, under the name of a CSV file: one sentence says what they are.</summary>
public sealed class ForeignFilesTests : IDisposable
{
    private const string Allowed = "allowed: CSV as plain text, or packed with gzip, zstd or zip.";
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("PAR1\u0015\u0004", "a Parquet file")]
    [InlineData("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1\0\0", "an Office document of before 2007, such as an .xls workbook")]
    [InlineData("SQLite format 3\0\u0010", "an SQLite database")]
    [InlineData("%PDF-1.7\n", "a PDF document")]
    [InlineData("\u0089PNG\r\n\u001a\n", "a PNG image")]
    [InlineData("\u00ff\u00d8\u00ff\u00e0", "a JPEG image")]
    [InlineData("7z\u00bc\u00af'\u001c", "a 7z archive")]
    [InlineData("Rar!\u001a\u0007", "a RAR archive")]
    [InlineData("BZh91AY", "a bzip2 file")]
    [InlineData("\u00fd7zXZ\0", "an xz file")]
    [InlineData("{\n  \"id\": 1}", "JSON")]
    [InlineData("[ {\"id\": 1}]", "JSON")]
    [InlineData("<?xml version=\"1.0\"?>", "an XML document")]
    [InlineData("<!DOCTYPE html>", "a web page")]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", "a Git LFS pointer and not the file itself")]
    [InlineData("\u0001\u0002\u0003\u00f0\u00e0a\u0004\u0005b", "a binary file of no format that is known here")]
    public void Read_OfAnotherFormat_SaysWhatItIsAndWhatIsAllowed(string latin, string what)
    {
        var bytes = Encoding.Latin1.GetBytes(latin);
        Assert.Equal($"Data file '{File}' is {what}; {Allowed}", Failure(bytes));
        Assert.Equal($"Data file '{File}' holds {what}; {Allowed}", Failure(Gzip(bytes)));
    }

    [Theory]
    [InlineData("[Content_Types].xml,xl/workbook.xml", "an Excel workbook")]
    [InlineData("[Content_Types].xml,word/document.xml", "an Office document")]
    [InlineData("mimetype,content.xml", "an OpenDocument file")]
    public void Read_OfADocumentThatIsAZipArchive_SaysWhatItIs(string entries, string what)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries.Split(','))
            {
                zip.CreateEntry(entry);
            }
        }

        Assert.Equal($"Data file '{File}' is {what}; {Allowed}", Failure(bytes.ToArray()));
    }

    [Fact]
    public void Read_OfATarArchive_AlsoInGzip_SaysSo()
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, leaveOpen: true))
        {
            using var content = new MemoryStream("a,b\n1,2\n"u8.ToArray());
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "a.csv") { DataStream = content });
        }

        Assert.Equal($"Data file '{File}' is a tar archive; {Allowed}", Failure(bytes.ToArray()));
        Assert.Equal($"Data file '{File}' holds a tar archive; {Allowed}", Failure(Gzip(bytes.ToArray())));
        Assert.Equal($"Data file '{File}' holds another gzip file; {Allowed}", Failure(Gzip(Gzip(bytes.ToArray()))));
    }

    [Theory]
    [InlineData("[id],[amount]\n1,2\n")]
    [InlineData("<DATE>;<TIME>\n1;2\n")]
    [InlineData("{id},b\n1,2\n")]
    [InlineData("BZ,PAR\n1,2\n")]
    [InlineData("caf\u00e9,b\0\n1,2\n")]
    public void Read_OfTextThatLooksAlmostLikeThat_IsRead(string latin)
    {
        System.IO.File.WriteAllBytes(File, Encoding.Latin1.GetBytes(latin));
        using var file = new CsvFile(File);
        Assert.Equal(2, file.Header.Length);
        Assert.True(file.Advance());
    }

    private string File => Path.Combine(_folder, "payments.csv");

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private string Failure(byte[] content)
    {
        System.IO.File.WriteAllBytes(File, content);
        return Assert.Throws<DatasetException>(() => new CsvFile(File).Dispose()).Message;
    }
}

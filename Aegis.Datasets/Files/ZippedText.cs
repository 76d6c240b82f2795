using System.IO.Compression;
using System.IO.Hashing;

namespace Aegis.Datasets.Files;

/// <summary>The one CSV file of a zip archive, checked against the archive's length and checksum as it is read.</summary>
internal sealed class ZippedText : Stream
{
    private const int MaxNamed = 10;
    private static readonly string[] Endings = [".csv", ".tsv", ".txt"];

    private readonly ZipArchive _archive;
    private readonly ZipArchiveEntry _entry;
    private readonly Stream _text;
    private readonly Crc32 _checksum = new();
    private long _length;

    private ZippedText(ZipArchive archive, ZipArchiveEntry entry) => (_archive, _entry, _text) = (archive, entry, entry.Open());

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <summary>Opens the CSV file of an archive. Any single file counts as one, whatever its name.</summary>
    /// <param name="path">The archive's path, for messages.</param>
    /// <param name="file">The archive; left open.</param>
    /// <param name="allowed">What files are allowed, for messages.</param>
    /// <exception cref="DatasetException">The archive is another program's document, is encrypted, or holds no or
    /// several CSV files.</exception>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public static ZippedText Open(string path, Stream file, string allowed)
    {
        var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        try
        {
            if (DocumentOf(archive) is { } document)
            {
                throw new DatasetException($"Data file '{path}' is {document}; allowed: {allowed}.");
            }

            var files = archive.Entries.Where(IsFile).ToList();
            var texts = files.Count == 1 ? files : [.. files.Where(IsText)];
            if (texts.Count != 1)
            {
                var found = texts.Count == 0 ? "no CSV file" : $"{texts.Count} CSV files";
                throw new DatasetException(
                    $"Data file '{path}' is a zip archive that holds {found}{Named(texts.Count == 0 ? files : texts)}; allowed: a zip archive with one.");
            }

            return texts[0].IsEncrypted
                ? throw new DatasetException($"Data file '{path}' is an encrypted zip archive; allowed: {allowed}, not encrypted.")
                : new ZippedText(archive, texts[0]);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The end is reached, and something before it is damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = _text.Read(buffer);
        _length += read;
        _checksum.Append(buffer[..read]);
        return read > 0 || buffer.IsEmpty || (_length == _entry.Length && _checksum.GetCurrentHashAsUInt32() == _entry.Crc32)
            ? read
            : throw new InvalidDataException($"{_entry.FullName} is not what the archive's checksum says.");
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text.Dispose();
            _archive.Dispose();
        }

        base.Dispose(disposing);
    }

    private static string? DocumentOf(ZipArchive archive)
    {
        if (archive.GetEntry("[Content_Types].xml") is not null)
        {
            return archive.Entries.Any(entry => entry.FullName.StartsWith("xl/", StringComparison.Ordinal))
                ? "an Excel workbook"
                : "an Office document";
        }

        return archive.GetEntry("mimetype") is not null && archive.GetEntry("content.xml") is not null ? "an OpenDocument file"
            : archive.GetEntry("Index/Document.iwa") is not null ? "an Apple iWork document"
            : null;
    }

    // Finder adds a second, hidden file to each; folders have entries of their own.
    private static bool IsFile(ZipArchiveEntry entry) =>
        entry.Name.Length > 0 && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal) && entry.Name != ".DS_Store";

    private static bool IsText(ZipArchiveEntry entry) =>
        Endings.Any(ending => entry.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static string Named(List<ZipArchiveEntry> entries) => entries.Count == 0 ? "" :
        $": {string.Join(", ", entries.Take(MaxNamed).Select(entry => entry.FullName))}"
        + (entries.Count > MaxNamed ? $" and {entries.Count - MaxNamed} more" : "");
}

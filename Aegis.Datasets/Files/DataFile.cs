using System.IO.Compression;
using ZstdSharp;

namespace Aegis.Datasets.Files;

/// <summary>A file of text, unpacked while it is read. Its first bytes tell what it is packed with, not its name.</summary>
internal sealed class DataFile : IDisposable
{
    private const int HeadLength = 512;
    private const string Allowed = "CSV as plain text, or packed with gzip, zstd or zip";

    private readonly FileStream _file;

    private DataFile(FileStream file, Stream text) => (_file, Text) = (file, text);

    /// <summary>The text. Reading it throws where the file is damaged: <see cref="IsDamage"/>.</summary>
    public Stream Text { get; }

    /// <summary>Opens a file that exists.</summary>
    /// <exception cref="DatasetException">The file is neither text nor packed text; or it is a zip archive that does
    /// not hold exactly one CSV file, or is damaged.</exception>
    public static DataFile Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        try
        {
            var packing = PackingOf(HeadOf(file));
            Refuse(path, file, packing);
            return new DataFile(file, Unpack(path, file, packing));
        }
        catch (Exception e)
        {
            file.Dispose();
            throw IsDamage(e) ? new DatasetException($"Data file '{path}' is damaged or cut short: {e.Message}", e) : e;
        }
    }

    /// <summary>True for what unpacking throws where the file is damaged or cut short.</summary>
    public static bool IsDamage(Exception e) => e is InvalidDataException or IOException or ZstdException;

    /// <inheritdoc/>
    public void Dispose()
    {
        Text.Dispose();
        _file.Dispose();
    }

    private static void Refuse(string path, FileStream file, Packing packing)
    {
        var text = Unpack(path, file, packing);
        var foreign = ForeignFormat.Of(HeadOf(text));
        if (text != file)
        {
            text.Dispose();
        }

        if (foreign is not null)
        {
            throw new DatasetException(
                $"Data file '{path}' {(packing == Packing.None ? "is" : "holds")} {foreign}; allowed: {Allowed}.");
        }
    }

    private static Stream Unpack(string path, FileStream file, Packing packing)
    {
        file.Position = 0;
        return packing switch
        {
            Packing.Gzip => new GZipStream(file, CompressionMode.Decompress, leaveOpen: true),
            Packing.Zstd => new DecompressionStream(file, leaveOpen: true),
            Packing.Zip => ZippedText.Open(path, file, Allowed),
            _ => file,
        };
    }

    private static byte[] HeadOf(Stream stream)
    {
        var head = new byte[HeadLength];
        return head[..stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false)];
    }

    private static Packing PackingOf(ReadOnlySpan<byte> head) => head switch
    {
        [0x1f, 0x8b, ..] => Packing.Gzip,
        // A frame, or one to skip before it, as parallel packers write.
        [0x28, 0xb5, 0x2f, 0xfd, ..] or [>= 0x50 and <= 0x5f, 0x2a, 0x4d, 0x18, ..] => Packing.Zstd,
        // A first entry, or the end of an archive without any.
        [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..] => Packing.Zip,
        _ => Packing.None,
    };

    private enum Packing
    {
        None,
        Gzip,
        Zstd,
        Zip,
    }
}

namespace Aegis.Datasets.Files;

/// <summary>Tells from a file's first bytes what it is, if it is not text with cells.</summary>
internal static class ForeignFormat
{
    // Text has hardly any control characters; packed or encrypted bytes have one in nine.
    private const int BytesToControl = 20;
    private const int TarAt = 257;

    private static readonly (byte[] Start, string Name)[] Starts =
    [
        ([.. "PAR1"u8], "a Parquet file"),
        ([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "an Office document of before 2007, such as an .xls workbook"),
        ([.. "SQLite format 3\0"u8], "an SQLite database"),
        ([.. "%PDF-"u8], "a PDF document"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "a PNG image"),
        ([0xff, 0xd8, 0xff], "a JPEG image"),
        ([.. "GIF8"u8], "a GIF image"),
        ([(byte)'7', (byte)'z', 0xbc, 0xaf, 0x27, 0x1c], "a 7z archive"),
        ([.. "Rar!"u8], "a RAR archive"),
        ([.. "BZh"u8], "a bzip2 file"),
        ([0xfd, .. "7zXZ"u8], "an xz file"),
        ([0x04, 0x22, 0x4d, 0x18], "an lz4 file"),
        ([0x1f, 0x8b], "another gzip file"),
        ([0x28, 0xb5, 0x2f, 0xfd], "another zstd file"),
        ([(byte)'P', (byte)'K', 3, 4], "a zip archive"),
        ([.. "ORC"u8], "an ORC file"),
        ([.. "Obj\u0001"u8], "an Avro file"),
        ([.. "ARROW1"u8], "an Arrow or Feather file"),
        ([.. "FEA1"u8], "a Feather file"),
        ([0x89, .. "HDF"u8], "an HDF5 file"),
        ([0x93, .. "NUMPY"u8], "a NumPy array"),
        ([.. "<?xml"u8], "an XML document"),
        ([.. "<!DOCTYPE"u8], "a web page"),
        ([.. "<!doctype"u8], "a web page"),
        ([.. "<html"u8], "a web page"),
        ([.. "version https://git-lfs"u8], "a Git LFS pointer and not the file itself"),
    ];

    /// <summary>What the file is, to follow "is" or "holds"; null if it may be text with cells.</summary>
    /// <param name="head">The first bytes, 512 unless there are fewer.</param>
    public static string? Of(ReadOnlySpan<byte> head)
    {
        foreach (var (start, name) in Starts)
        {
            if (head.StartsWith(start))
            {
                return name;
            }
        }

        return head.Length > TarAt && head[TarAt..].StartsWith("ustar"u8) ? "a tar archive"
            : IsJson(head) ? "JSON"
            : IsBinary(head) ? "a binary file of no format that is known here"
            : null;
    }

    // An object that begins with a name, or an array of objects, arrays or numbers. A header may hold braces too: [id],[card].
    private static bool IsJson(ReadOnlySpan<byte> head)
    {
        var text = Text(head);
        return text switch
        {
            [(byte)'{', .. var rest] => rest.TrimStart(" \t\r\n"u8) is [(byte)'"' or (byte)'}', ..],
            [(byte)'[', .. var rest] => rest.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[' or (byte)']', ..],
            _ => false,
        };
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> head) =>
        (head is [0xef, 0xbb, 0xbf, ..] ? head[3..] : head).TrimStart(" \t\r\n"u8);

    private static bool IsBinary(ReadOnlySpan<byte> head)
    {
        // UTF-16 and UTF-32 with their mark are text in which every other byte is 0.
        if (head is [0xff, 0xfe, ..] or [0xfe, 0xff, ..] or [0, 0, 0xfe, 0xff, ..])
        {
            return false;
        }

        var controls = 0;
        foreach (var b in head)
        {
            controls += b < ' ' && b is not ((byte)'\t' or (byte)'\r' or (byte)'\n') ? 1 : 0;
        }

        return controls > 2 && controls * BytesToControl > head.Length;
    }
}

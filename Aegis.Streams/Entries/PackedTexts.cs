using System.Buffers;
using System.Text;

namespace Aegis.Streams.Entries;

/// <summary>A column of byte strings that repeat: each of them stands there once.</summary>
/// <remarks>For each row 0 for a new one, n for the n-th so far; then the new ones, each after twice its length. Made-up ids are often
/// a letter and hexadecimal digits: of these, with 1 more before them, the digits take half a byte each.</remarks>
internal sealed class PackedTexts
{
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    private readonly ArrayBufferWriter<byte> _numbers = new();
    private readonly ArrayBufferWriter<byte> _new = new();
    private readonly Dictionary<string, ulong> _known = [];

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        // One character for each byte, whatever it is.
        var key = Encoding.Latin1.GetString(text);
        if (_known.TryGetValue(key, out var number))
        {
            PackedNumbers.Put(_numbers, number);
            return;
        }

        _known[key] = (ulong)_known.Count + 1;
        PackedNumbers.Put(_numbers, 0);
        var isHex = IsHex(text);
        PackedNumbers.Put(_new, (2 * (ulong)text.Length) + (isHex ? 1u : 0));
        _new.Write(isHex ? [text[0], .. Convert.FromHexString(key.AsSpan(1))] : text);
    }

    /// <summary>Writes the column.</summary>
    public void WriteTo(ArrayBufferWriter<byte> target)
    {
        target.Write(_numbers.WrittenSpan);
        target.Write(_new.WrittenSpan);
    }

    /// <summary>Reads a column and moves <paramref name="from"/> past it.</summary>
    /// <param name="from">What <see cref="WriteTo"/> wrote, and what follows it.</param>
    /// <param name="rows">Receives the text of each row.</param>
    /// <exception cref="MessageFormatException">It is damaged.</exception>
    public static void Read(ref ReadOnlySpan<byte> from, byte[][] rows)
    {
        var numbers = new int[rows.Length];
        var known = 0;
        for (var row = 0; row < rows.Length; row++)
        {
            var number = PackedNumbers.Take(ref from);
            numbers[row] = number == 0 ? known++ : number <= (ulong)known ? (int)number - 1 : throw PackedEntry.Damaged();
        }

        var texts = new byte[known][];
        for (var text = 0; text < known; text++)
        {
            texts[text] = Text(ref from);
        }

        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = texts[numbers[row]];
        }
    }

    private static byte[] Text(ref ReadOnlySpan<byte> from)
    {
        var lengthAndKind = PackedNumbers.Take(ref from);
        var (length, isHex) = (lengthAndKind / 2, lengthAndKind % 2 == 1);
        if (!isHex)
        {
            return PackedNumbers.TakeBytes(ref from, length).ToArray();
        }

        var letter = PackedNumbers.TakeBytes(ref from, 1)[0];
        var digits = PackedNumbers.TakeBytes(ref from, (length - 1) / 2);
        return [letter, .. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(digits))];
    }

    /// <summary>True for a character and an even number of lower-case hexadecimal digits.</summary>
    private static bool IsHex(ReadOnlySpan<byte> text) =>
        text.Length > 2 && text.Length % 2 == 1 && !text[1..].ContainsAnyExcept(HexDigits);
}

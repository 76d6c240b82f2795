using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Aegis.Streams.Entries;

/// <summary>An entry of many alike transactions, packed: a card's history takes less than a fifth of its size.</summary>
/// <remarks>Version byte 2; the length of the entry, uint32, little-endian; then in Brotli (RFC 7932) the length of the entry's
/// head, uint16, the head, and the transactions by columns (<see cref="PackedColumns"/>). Unpacked it is what
/// <see cref="EntryView"/> reads.</remarks>
public static class PackedEntry
{
    /// <summary>The largest length of an entry that is unpacked; writers stay far below.</summary>
    public const int MaxBytes = 1 << 20;

    private const byte Version = 2;
    private const int HeadBytes = 1 + sizeof(uint);

    // Higher qualities save little more and take many times as long.
    private const int Quality = 5;
    private const int WindowBits = 18;

    /// <summary>True for what <see cref="Pack"/> made.</summary>
    public static bool IsPacked(ReadOnlySpan<byte> bytes) => !bytes.IsEmpty && bytes[0] == Version;

    /// <summary>Packs an entry. One that would not become smaller stays as it is.</summary>
    /// <exception cref="MessageFormatException">It is no entry.</exception>
    public static byte[] Pack(ReadOnlySpan<byte> entry)
    {
        var columns = new PackedColumns();
        var bodies = 0;
        for (var view = new EntryView(entry); !view.IsAtEnd;)
        {
            var body = view.Next().Body;
            bodies += body.Length;
            columns.Add(body);
        }

        var raw = new ArrayBufferWriter<byte>(entry.Length);
        var head = entry[..^bodies];
        BinaryPrimitives.WriteUInt16LittleEndian(raw.GetSpan(sizeof(ushort)), (ushort)head.Length);
        raw.Advance(sizeof(ushort));
        raw.Write(head);
        columns.WriteTo(raw);

        var packed = new byte[entry.Length];
        if (entry.Length <= HeadBytes
            || !BrotliEncoder.TryCompress(raw.WrittenSpan, packed.AsSpan(HeadBytes), out var length, Quality, WindowBits))
        {
            return entry.ToArray();
        }

        packed[0] = Version;
        BinaryPrimitives.WriteUInt32LittleEndian(packed.AsSpan(1), (uint)entry.Length);
        return packed[..(HeadBytes + length)];
    }

    /// <summary>The entry that was packed.</summary>
    /// <exception cref="MessageFormatException">It is cut short or damaged, or larger than entries may be.</exception>
    public static byte[] Unpack(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length < HeadBytes ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(bytes[1..]);
        if (length is 0 or > MaxBytes)
        {
            throw new MessageFormatException($"A packed entry of {length} bytes; allowed: 1 to {MaxBytes}.");
        }

        // Columns of a few transactions may take more bytes than the transactions themselves, but never twice as many.
        var rented = ArrayPool<byte>.Shared.Rent((2 * (int)length) + HeadBytes);
        try
        {
            if (!BrotliDecoder.TryDecompress(bytes[HeadBytes..], rented, out var written) || written < sizeof(ushort))
            {
                throw Damaged();
            }

            var raw = rented.AsSpan(sizeof(ushort)..written);
            var head = BinaryPrimitives.ReadUInt16LittleEndian(rented);
            var entry = new ArrayBufferWriter<byte>((int)length);
            if (head > raw.Length)
            {
                throw Damaged();
            }

            entry.Write(raw[..head]);
            PackedColumns.Read(raw[head..], entry, (int)length);
            return entry.WrittenCount == length ? entry.WrittenSpan.ToArray() : throw Damaged();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    internal static MessageFormatException Damaged() => new("The packed entry is cut short or damaged.");
}

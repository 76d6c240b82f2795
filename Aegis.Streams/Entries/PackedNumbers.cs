using System.Buffers;

namespace Aegis.Streams.Entries;

/// <summary>Numbers of as many bytes as they need: LEB128, seven bits a byte, the lowest first.</summary>
internal static class PackedNumbers
{
    private const int Bits = 7;
    private const byte More = 1 << Bits;

    /// <summary>Writes a number.</summary>
    public static void Put(ArrayBufferWriter<byte> target, ulong value)
    {
        for (; value >= More; value >>= Bits)
        {
            target.Write([(byte)(value | More)]);
        }

        target.Write([(byte)value]);
    }

    /// <summary>Writes a number of any sign; small ones of either sign take one byte.</summary>
    public static void PutSigned(ArrayBufferWriter<byte> target, long value) =>
        Put(target, unchecked((ulong)((value << 1) ^ (value >> 63))));

    /// <summary>Reads a number and moves <paramref name="from"/> past it.</summary>
    /// <exception cref="MessageFormatException">It is cut short or too long.</exception>
    public static ulong Take(scoped ref ReadOnlySpan<byte> from)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += Bits)
        {
            var next = TakeBytes(ref from, 1)[0];
            value |= (ulong)(next & (More - 1)) << shift;
            if (next < More)
            {
                return value;
            }
        }

        throw PackedEntry.Damaged();
    }

    /// <summary>Reads what <see cref="PutSigned"/> wrote.</summary>
    /// <exception cref="MessageFormatException">It is cut short or too long.</exception>
    public static long TakeSigned(scoped ref ReadOnlySpan<byte> from)
    {
        var value = Take(ref from);
        return unchecked((long)(value >> 1) ^ -(long)(value & 1));
    }

    /// <summary>Takes bytes and moves <paramref name="from"/> past them.</summary>
    /// <exception cref="MessageFormatException">There are fewer.</exception>
    public static ReadOnlySpan<byte> TakeBytes(scoped ref ReadOnlySpan<byte> from, ulong length)
    {
        if (length > (ulong)from.Length)
        {
            throw PackedEntry.Damaged();
        }

        var taken = from[..(int)length];
        from = from[(int)length..];
        return taken;
    }
}

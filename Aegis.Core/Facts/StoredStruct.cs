using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Aegis.Core.Facts;

/// <summary>Reads and writes structs without references as their bytes.</summary>
internal static class StoredStruct
{
    /// <summary>The bytes of a struct, in place.</summary>
    public static ReadOnlySpan<byte> BytesOf<T>(ref readonly T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value));

    /// <summary>Writes a struct to the beginning of <paramref name="to"/> and moves that past it.</summary>
    public static void Put<T>(ref readonly T value, ref Span<byte> to)
        where T : unmanaged => Put(BytesOf(in value), ref to);

    /// <summary>Copies bytes to the beginning of <paramref name="to"/> and moves that past them.</summary>
    public static void Put(scoped ReadOnlySpan<byte> bytes, ref Span<byte> to)
    {
        bytes.CopyTo(to);
        to = to[bytes.Length..];
    }

    /// <summary>Reads a struct from the beginning of <paramref name="bytes"/> and moves that past it.</summary>
    /// <exception cref="FormatException">The bytes are cut short.</exception>
    public static T Take<T>(ref ReadOnlySpan<byte> bytes)
        where T : unmanaged
    {
        var length = Unsafe.SizeOf<T>();
        if (bytes.Length < length)
        {
            throw new FormatException($"{typeof(T).Name} in {bytes.Length} bytes; allowed: {length}.");
        }

        var value = MemoryMarshal.Read<T>(bytes);
        bytes = bytes[length..];
        return value;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Aegis.Core.Facts;

/// <summary>Structs without references that are kept as their bytes.</summary>
internal static class StoredStruct
{
    /// <summary>The bytes of a struct where it lies.</summary>
    public static ReadOnlySpan<byte> BytesOf<T>(ref readonly T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value));

    /// <summary>Writes a struct to the beginning of <paramref name="to"/> and moves it on.</summary>
    public static void Put<T>(ref readonly T value, ref Span<byte> to)
        where T : unmanaged => Put(BytesOf(in value), ref to);

    /// <summary>Copies bytes to the beginning of <paramref name="to"/> and moves it on.</summary>
    public static void Put(scoped ReadOnlySpan<byte> bytes, ref Span<byte> to)
    {
        bytes.CopyTo(to);
        to = to[bytes.Length..];
    }

    /// <summary>Reads a struct from the beginning of <paramref name="bytes"/> and moves it on.</summary>
    /// <exception cref="FormatException">Cut short.</exception>
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

using System.Buffers;

namespace Aegis.Core.Numerics;

/// <summary>Bytes in an array of the shared pool: what is made every second or minute leaves no garbage behind.</summary>
/// <param name="Array">May be longer than what is used of it.</param>
/// <param name="Length">How many bytes are used.</param>
public readonly record struct PooledBytes(byte[] Array, int Length)
{
    /// <summary>So many bytes of any content.</summary>
    public static PooledBytes Rent(int length) => new(ArrayPool<byte>.Shared.Rent(length), length);

    /// <summary>The used bytes.</summary>
    public Span<byte> Span => Array.AsSpan(0, Length);

    /// <summary>The used bytes.</summary>
    public ReadOnlyMemory<byte> Memory => Array.AsMemory(0, Length);

    /// <summary>Gives the array back; once, and nobody reads it after that.</summary>
    public void Return() => ArrayPool<byte>.Shared.Return(Array);
}

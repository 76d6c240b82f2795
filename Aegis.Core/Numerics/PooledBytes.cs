using System.Buffers;

namespace Aegis.Core.Numerics;

/// <summary>Bytes in an array of the shared pool, so that results made every second or minute leave no garbage.</summary>
/// <param name="Array">The array, which may be longer than the part in use.</param>
/// <param name="Length">The number of bytes in use.</param>
public readonly record struct PooledBytes(byte[] Array, int Length)
{
    /// <summary>Rents a number of bytes, with any content.</summary>
    public static PooledBytes Rent(int length) => new(ArrayPool<byte>.Shared.Rent(length), length);

    /// <summary>The bytes in use.</summary>
    public Span<byte> Span => Array.AsSpan(0, Length);

    /// <summary>The bytes in use.</summary>
    public ReadOnlyMemory<byte> Memory => Array.AsMemory(0, Length);

    /// <summary>Returns the array to the pool. Call it once; nobody may read the array afterwards.</summary>
    public void Return() => ArrayPool<byte>.Shared.Return(Array);
}

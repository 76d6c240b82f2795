using System.Buffers;
using Aegis.Core.Numerics;

namespace Aegis.Streams.Entries;

/// <summary>Gathers bytes in pooled memory, when their number is not known before.</summary>
internal ref struct PooledWriter(int capacity)
{
    private byte[] _array = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>The number of bytes so far.</summary>
    public int Length { get; private set; }

    /// <summary>Adds bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_array.Length - Length < bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_array.Length * 2, Length + bytes.Length));
            _array.AsSpan(0, Length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_array);
            _array = larger;
        }

        bytes.CopyTo(_array.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>The bytes; whoever takes them returns them to the pool.</summary>
    public readonly PooledBytes Take() => new(_array, Length);
}

using System.Buffers;

namespace Aegis.Streams.Redis;

/// <summary>The bytes of exactly one whole reply, in an array of the pool. Whoever gets one disposes it.</summary>
public sealed class ReplyBuffer : IDisposable
{
    private readonly int _length;
    private byte[]? _array;

    private ReplyBuffer(byte[] array, int length)
    {
        _array = array;
        _length = length;
    }

    /// <summary>The reply as it came, for <see cref="RespCursor"/>. Not to be used after <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">The array has gone back to the pool.</exception>
    public ReadOnlyMemory<byte> Bytes => (_array ?? throw new ObjectDisposedException(nameof(ReplyBuffer))).AsMemory(0, _length);

    /// <summary>Gives the array back to the pool, once.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _array, null) is { } array)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    /// <param name="reply">A whole reply; copied.</param>
    internal static ReplyBuffer Copy(in ReadOnlySequence<byte> reply)
    {
        var length = checked((int)reply.Length);
        var array = ArrayPool<byte>.Shared.Rent(length);
        reply.CopyTo(array);
        return new ReplyBuffer(array, length);
    }
}

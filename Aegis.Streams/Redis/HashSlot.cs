namespace Aegis.Streams.Redis;

/// <summary>The slot of a key in a Redis Cluster: CRC16/XMODEM of its hash tag, modulo 16,384 (Redis Cluster specification, "Key distribution model").</summary>
internal static class HashSlot
{
    /// <summary>The number of slots.</summary>
    public const int Count = 16384;

    private static readonly ushort[] Table = [.. Enumerable.Range(0, 256).Select(value =>
    {
        var crc = value << 8;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
        }

        return (ushort)crc;
    })];

    /// <summary>0 to 16,383.</summary>
    public static int Of(ReadOnlySpan<byte> key)
    {
        ushort crc = 0;
        foreach (var value in Tag(key))
        {
            crc = (ushort)((crc << 8) ^ Table[(crc >> 8) ^ value]);
        }

        return crc % Count;
    }

    /// <summary>What stands between the first brace and the next closing one, where that is not empty; otherwise the key.</summary>
    private static ReadOnlySpan<byte> Tag(ReadOnlySpan<byte> key)
    {
        var open = key.IndexOf((byte)'{');
        var length = open < 0 ? -1 : key[(open + 1)..].IndexOf((byte)'}');
        return length > 0 ? key.Slice(open + 1, length) : key;
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Rules.Lists;

/// <summary>A network of addresses, in the space of IPv6. An IPv4 address stands at <c>::ffff:a.b.c.d</c>.</summary>
/// <param name="Address">Its first address.</param>
/// <param name="Length">The bits that its addresses share, 0 to 128.</param>
internal readonly record struct Network(UInt128 Address, int Length)
{
    /// <summary>The bits of an address.</summary>
    public const int Bits = 128;

    private const int Bits4 = 32;

    /// <summary>Reads <c>192.0.2.0/24</c>, <c>2001:db8::/32</c> or a single address. Bits below the length are cut off.</summary>
    /// <returns>Null for anything else.</returns>
    public static Network? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? text : text[..slash];
        if (!TransactionRules.IsAddress(first) || !IPAddress.TryParse(first, out var address))
        {
            return null;
        }

        var bits = address.AddressFamily == AddressFamily.InterNetwork ? Bits4 : Bits;
        var length = bits;
        if (slash >= 0
            && !(int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= bits))
        {
            return null;
        }

        return Of(Number(address), length + (Bits - bits));
    }

    /// <summary>The network of a length that an address is in.</summary>
    public static Network Of(UInt128 address, int length) => new(address & (length == 0 ? 0 : UInt128.MaxValue << (Bits - length)), length);

    /// <summary>Reads an address in ASCII.</summary>
    public static bool TryRead(ReadOnlySpan<byte> ascii, out UInt128 address)
    {
        var isAddress = IPAddress.TryParse(ascii, out var read);
        address = isAddress ? Number(read!) : 0;
        return isAddress;
    }

    /// <summary>A hash of the network.</summary>
    public ulong Hash() => StableHash.Mix((ulong)Address ^ StableHash.Mix((ulong)(Address >> 64) ^ StableHash.Mix((ulong)Length)));

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bits / 8];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Address);
        var address = new IPAddress(bytes);
        var (shown, bits) = address.IsIPv4MappedToIPv6 && Length >= Bits - Bits4 ? (address.MapToIPv4(), Bits4) : (address, Bits);
        return Length == Bits ? $"{shown}" : $"{shown}/{Length - (Bits - bits)}";
    }

    private static UInt128 Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[Bits / 8];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}

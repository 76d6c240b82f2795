using Aegis.Core.Transactions;

namespace Aegis.Core.Payments;

/// <summary>A recent payment, as its card's history remembers it.</summary>
/// <param name="TimeMs">Event time, Unix milliseconds.</param>
/// <param name="Amount">The amount in major units of the reference currency.</param>
/// <param name="CountryCode">Two ASCII letters, the first in the high byte.</param>
/// <param name="Category">The merchant's category group.</param>
/// <param name="Channel">How the card was presented.</param>
public readonly record struct RecentPayment(long TimeMs, float Amount, ushort CountryCode, MerchantCategory Category, Channel Channel)
{
    /// <summary>The country as text; empty for an empty slot.</summary>
    public string Country => Unpack(CountryCode);

    /// <summary>A packed code as text; empty for 0.</summary>
    public static string Unpack(ushort country) => country == 0 ? "" : $"{(char)(country >> 8)}{(char)(country & 0xff)}";

    /// <summary>Packs an alpha-2 code.</summary>
    public static ushort Pack(ReadOnlySpan<char> country) => (ushort)((country[0] << 8) | country[1]);

    /// <summary>Packs an alpha-2 code in ASCII.</summary>
    public static ushort Pack(ReadOnlySpan<byte> country) => (ushort)((country[0] << 8) | country[1]);
}

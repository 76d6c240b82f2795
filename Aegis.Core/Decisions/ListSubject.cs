namespace Aegis.Core.Decisions;

/// <summary>What the entries of a list are.</summary>
public enum ListSubject : byte
{
    /// <summary>Tokens of cards.</summary>
    Card = 0,

    /// <summary>Ids of merchants.</summary>
    Merchant = 1,

    /// <summary>Ids of devices.</summary>
    Device = 2,

    /// <summary>Addresses and networks, of IPv4 and IPv6.</summary>
    Ip = 3,

    /// <summary>Alpha-2 codes of countries.</summary>
    Country = 4,

    /// <summary>The first six digits of card numbers.</summary>
    Bin = 5,
}

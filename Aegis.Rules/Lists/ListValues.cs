using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Rules.Lists;

/// <summary>The values that lists hold: how they are written, and the keys by which they are found.</summary>
public static class ListValues
{
    /// <summary>What a value may be, in words.</summary>
    public static string Allowed(ListSubject of) => of switch
    {
        ListSubject.Ip => "an IPv4 or IPv6 address, or a network such as 192.0.2.0/24",
        ListSubject.Country => TransactionRules.AllowedCountry,
        ListSubject.Bin => "six digits",
        ListSubject.Card => $"a card's token, {TransactionRules.AllowedIdentifier}, or a card number, which is exchanged for its token",
        _ => TransactionRules.AllowedIdentifier,
    };

    /// <summary>A value in the one form that lists keep.</summary>
    /// <returns>Null if it is none.</returns>
    public static string? Normalise(ListSubject of, string value) => of switch
    {
        ListSubject.Ip => Network.Parse(value)?.ToString(),
        ListSubject.Country => Countries.ToAlpha2(value) is var code && Countries.IsKnown(code) ? code : null,
        ListSubject.Bin => TransactionRules.IsDigits(value, TransactionRules.CardBinLength) ? value : null,
        _ => TransactionRules.IsIdentifier(value) ? value : null,
    };

    /// <summary>The key of a value that is kept.</summary>
    internal static ulong KeyOf(ListSubject of, string value) =>
        of == ListSubject.Ip ? Network.Parse(value)!.Value.Hash() : StableHash.Hash64(value);
}

using System.Globalization;
using Aegis.Core.Transactions;

namespace Aegis.Datasets.Maps;

/// <summary>The texts that a field may hold, with one reader for each kind. Maps' constants and files' cells follow the
/// same rules.</summary>
internal static class FieldText
{
    /// <summary>Null if a field accepts the text, otherwise what it allows. Amounts are checked with their currency
    /// later, when a line is read.</summary>
    public static string? Refusal(FieldKind kind, FieldMap map, string text) => kind switch
    {
        FieldKind.Time => map.Time.TryParse(text, out _) ? null : map.Time.Allowed,
        FieldKind.Amount => map.Number.TryParse(text, out decimal _) ? null : map.Number.Allowed,
        FieldKind.Number => map.Number.TryParse(text, out double _) ? null : map.Number.Allowed,
        FieldKind.Mcc => TryMcc(text, out _) ? null : McCodes,
        FieldKind.Country => Countries.IsKnown(Countries.ToAlpha2(text)) ? null : TransactionRules.AllowedCountry,
        FieldKind.Currency => Currencies.IsKnown(text) ? null : TransactionRules.AllowedCurrency,
        FieldKind.Channel => Channels.TryParse(text, out _) ? null : TransactionRules.AllowedChannels,
        FieldKind.PaymentKind => IsAmong(PaymentKinds.Names, text) ? null : TransactionRules.AllowedKinds,
        FieldKind.Authorisation => IsAmong(Authorisations.Names, text) ? null : TransactionRules.AllowedAuthorisations,
        FieldKind.DeclineReason => IsAmong(Authorisations.ReasonNames, text) ? null : TransactionRules.AllowedDeclineReasons,
        FieldKind.Label => map.Labels.TryParse(text, out _) ? null : map.Labels.Allowed,
        _ => null,
    };

    /// <summary>The codes that <see cref="TryMcc"/> allows.</summary>
    public const string McCodes = "an ISO 18245 code of at most four digits, 0 to 9999";

    /// <summary>Reads a merchant category code; leading zeros may be missing.</summary>
    public static bool TryMcc(string text, out int mcc) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out mcc) && mcc <= TransactionRules.MaxMcc;

    private static bool IsAmong(string[] names, string text) => names.Contains(text, StringComparer.OrdinalIgnoreCase);
}

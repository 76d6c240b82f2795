
namespace Aegis.Core.Transactions;

/// <summary>Finds all faults of a transaction at once, by <see cref="TransactionRules"/>.</summary>
public static class TransactionValidator
{
    /// <summary>Adds every fault of <paramref name="transaction"/> to <paramref name="faults"/>.</summary>
    /// <param name="transaction">The transaction to check.</param>
    /// <param name="now">The clock that event times are checked against, UTC: the edge's own time, or the log entry's
    /// stamp when it is read back.</param>
    /// <param name="faults">Receives the faults; unchanged if there are none.</param>
    public static void Validate(Transaction transaction, DateTimeOffset now, List<TransactionFault> faults)
    {
        Id(transaction.Id, faults);
        Identifier(FieldNames.CardToken, transaction.CardToken, faults);
        Identifier(FieldNames.MerchantId, transaction.MerchantId, faults);
        if (transaction.DeviceId is { } device)
        {
            Identifier(FieldNames.DeviceId, device, faults);
        }

        if (transaction.CardToken is { } token && CardNumbers.Contains(token))
        {
            faults.Add(TransactionFault.Of(FieldNames.CardToken, token, TransactionRules.AllowedToken));
        }

        if (!TransactionRules.IsEventTime(transaction.EventTime, now))
        {
            var shown = transaction.EventTime.ToString("O");
            faults.Add(TransactionFault.Of(FieldNames.EventTime, shown, TransactionRules.AllowedEventTime(now)));
        }

        Amount(transaction, faults);
        Place(transaction, faults);
        if (!TransactionRules.IsMcc(transaction.Mcc))
        {
            faults.Add(TransactionFault.Of(FieldNames.Mcc, transaction.Mcc.ToString(), TransactionRules.AllowedMcc));
        }

        if (!TransactionRules.IsChannel(transaction.Channel))
        {
            faults.Add(TransactionFault.Of(FieldNames.Channel, transaction.Channel.ToString(), TransactionRules.AllowedChannels));
        }

        if (transaction.IpAddress is { } ip && !TransactionRules.IsAddress(ip))
        {
            faults.Add(TransactionFault.Of(FieldNames.IpAddress, ip, TransactionRules.AllowedIpAddress));
        }

        Authorised(transaction, faults);
        Texts(transaction, faults);
        Digits(FieldNames.CardBin, transaction.CardBin, TransactionRules.CardBinLength, faults);
        Digits(FieldNames.CardLastFour, transaction.CardLastFour, TransactionRules.CardLastFourLength, faults);
    }

    private static void Authorised(Transaction transaction, List<TransactionFault> faults)
    {
        if (!TransactionRules.IsKind(transaction.Kind))
        {
            faults.Add(TransactionFault.Of(FieldNames.Kind, transaction.Kind.ToString(), TransactionRules.AllowedKinds));
        }

        if (transaction.Authorisation is { } result && !Enum.IsDefined(result))
        {
            faults.Add(TransactionFault.Of(FieldNames.Authorisation, result.ToString(), TransactionRules.AllowedAuthorisations));
        }

        if (transaction.DeclineReason is { } reason && !Enum.IsDefined(reason))
        {
            faults.Add(TransactionFault.Of(FieldNames.DeclineReason, reason.ToString(), TransactionRules.AllowedDeclineReasons));
        }
        else if (transaction.DeclineReason is { } named && transaction.Authorisation != Authorisation.Declined)
        {
            faults.Add(TransactionFault.Of(FieldNames.DeclineReason, named.Name(), TransactionRules.AllowedNoReason));
        }
    }

    private static void Texts(Transaction transaction, List<TransactionFault> faults)
    {
        if (transaction.MerchantName is { } name && !MerchantNames.IsName(name))
        {
            faults.Add(TransactionFault.Of(FieldNames.MerchantName, name, MerchantNames.Allowed));
        }
        else if (transaction.MerchantName is { } shown && CardNumbers.Contains(shown))
        {
            faults.Add(TransactionFault.Of(FieldNames.MerchantName, shown, TransactionRules.AllowedWithoutCardNumber));
        }

        if (transaction.Metadata is { } metadata && !Metadata.IsMetadata(metadata))
        {
            faults.Add(TransactionFault.Of(
                FieldNames.Metadata, metadata, $"{Metadata.Allowed}, and {TransactionRules.AllowedWithoutCardNumber}"));
        }
    }

    private static void Id(string? id, List<TransactionFault> faults)
    {
        if (!TransactionRules.IsId(id))
        {
            faults.Add(TransactionFault.Of(FieldNames.Id, id, TransactionRules.AllowedId));
        }
        else if (CardNumbers.Contains(id!))
        {
            faults.Add(TransactionFault.Of(FieldNames.Id, id, TransactionRules.AllowedIdWithoutCardNumber));
        }
    }

    private static void Identifier(string field, string? value, List<TransactionFault> faults)
    {
        if (!TransactionRules.IsIdentifier(value))
        {
            faults.Add(TransactionFault.Of(field, value, TransactionRules.AllowedIdentifier));
        }
        else if (field != FieldNames.CardToken && CardNumbers.Contains(value!))
        {
            faults.Add(TransactionFault.Of(field, value, TransactionRules.AllowedWithoutCardNumber));
        }
    }

    private static void Amount(Transaction transaction, List<TransactionFault> faults)
    {
        if (!TransactionRules.IsAmount(transaction.AmountMinor))
        {
            faults.Add(TransactionFault.Of(FieldNames.AmountMinor, transaction.AmountMinor.ToString(), TransactionRules.AllowedAmount));
        }

        else if (!TransactionRules.IsAmountOf(transaction.Kind, transaction.AmountMinor))
        {
            var amount = transaction.AmountMinor.ToString();
            faults.Add(TransactionFault.Of(FieldNames.AmountMinor, amount, TransactionRules.AllowedVerificationAmount));
        }

        if (!Currencies.IsKnown(transaction.Currency))
        {
            faults.Add(TransactionFault.Of(FieldNames.Currency, transaction.Currency, TransactionRules.AllowedCurrency));
        }
    }

    private static void Place(Transaction transaction, List<TransactionFault> faults)
    {
        if (!Countries.IsKnown(transaction.Country))
        {
            faults.Add(TransactionFault.Of(FieldNames.Country, transaction.Country, TransactionRules.AllowedCountry));
        }

        Coordinate(FieldNames.Latitude, transaction.Latitude, TransactionRules.MaxLatitude, faults);
        Coordinate(FieldNames.Longitude, transaction.Longitude, TransactionRules.MaxLongitude, faults);
        if (transaction.Latitude.HasValue != transaction.Longitude.HasValue)
        {
            var missing = transaction.Latitude.HasValue ? FieldNames.Longitude : FieldNames.Latitude;
            faults.Add(TransactionFault.Of(missing, null, TransactionRules.AllowedPlace));
        }
    }

    private static void Coordinate(string field, double? degrees, double limit, List<TransactionFault> faults)
    {
        if (degrees is { } value && !TransactionRules.IsWithin(value, limit))
        {
            faults.Add(TransactionFault.Of(field, value.ToString("R"), TransactionRules.AllowedDegrees(limit)));
        }
    }

    private static void Digits(string field, string? value, int length, List<TransactionFault> faults)
    {
        if (value is not null && !TransactionRules.IsDigits(value, length))
        {
            faults.Add(TransactionFault.Of(field, value, TransactionRules.AllowedDigits(length)));
        }
    }
}

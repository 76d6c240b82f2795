using System.Text.Json;
using Aegis.Core.Transactions;

namespace Aegis.Streams.Entries;

/// <summary>Reads transactions from JSON, at the edge and from the log, and reports every fault at once.</summary>
public static class TransactionJson
{
    private static readonly string[] Fields =
    [
        FieldNames.Id, FieldNames.EventTime, FieldNames.EventTimeSeconds, FieldNames.EventTimeMilliseconds, FieldNames.CardToken,
        FieldNames.Pan, FieldNames.AmountMinor, FieldNames.Currency,
        FieldNames.MerchantId, FieldNames.Mcc, FieldNames.Country, FieldNames.Channel, FieldNames.Latitude, FieldNames.Longitude,
        FieldNames.DeviceId, FieldNames.IpAddress, FieldNames.Kind, FieldNames.Authorisation, FieldNames.DeclineReason,
        FieldNames.MerchantName, FieldNames.Metadata,
    ];

    /// <summary>Reads one object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="tokeniser">Exchanges <c>pan</c> for a token; null if card numbers are not allowed.</param>
    /// <param name="now">The clock that event times are checked against.</param>
    /// <param name="faults">Receives every fault.</param>
    /// <returns>The transaction; null if it has faults.</returns>
    public static Transaction? Read(JsonElement json, CardTokeniser? tokeniser, DateTimeOffset now, List<TransactionFault> faults)
    {
        // Before a fault is noted: what is wrong with names keeps the transaction from being taken.
        var fields = new JsonTransactionFields(json, faults);
        return JsonObjectRules.Read(json, Fields, faults, () => fields.Read(tokeniser, now));
    }
}

using System.Text.Json;
using Aegis.Core.Transactions;

namespace Aegis.Streams.Entries;

/// <summary>Reads transactions from JSON, at the edge and from the log, and reports every fault at once.</summary>
public static class TransactionJson
{
    private static readonly string[] Fields =
    [
        FieldNames.Id, FieldNames.EventTime, FieldNames.CardToken, FieldNames.Pan, FieldNames.AmountMinor, FieldNames.Currency,
        FieldNames.MerchantId, FieldNames.Mcc, FieldNames.Country, FieldNames.Channel, FieldNames.Latitude, FieldNames.Longitude,
        FieldNames.DeviceId, FieldNames.IpAddress,
    ];

    /// <summary>Reads one object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="tokeniser">Exchanges <c>pan</c> for a token; null if card numbers are not allowed.</param>
    /// <param name="now">The clock that event times are checked against.</param>
    /// <param name="faults">Receives every fault.</param>
    /// <returns>The transaction; null if it has faults.</returns>
    public static Transaction? Read(JsonElement json, CardTokeniser? tokeniser, DateTimeOffset now, List<TransactionFault> faults)
    {
        try
        {
            return ReadFields(json, tokeniser, now, faults);
        }
        catch (InvalidOperationException)
        {
            // JsonElement throws this for text that is not Unicode: a lone surrogate, or bytes that are not UTF-8.
            faults.Add(TransactionFault.Of("$", "text that is not Unicode", "well-formed UTF-8 without lone surrogates"));
            return null;
        }
    }

    private static Transaction? ReadFields(
        JsonElement json, CardTokeniser? tokeniser, DateTimeOffset now, List<TransactionFault> faults)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            faults.Add(TransactionFault.Of("$", json.GetRawText(), "a JSON object"));
            return null;
        }

        var fields = new JsonTransactionFields(json, faults);
        var seen = new HashSet<string>();
        foreach (var property in json.EnumerateObject())
        {
            if (!seen.Add(property.Name))
            {
                faults.Add(TransactionFault.Of(property.Name, property.Value.GetRawText(), "the field once; it comes twice"));
            }
            else if (!Fields.Contains(property.Name))
            {
                var allowed = $"no such field; the fields are {string.Join(", ", Fields)}";
                faults.Add(TransactionFault.Of(property.Name, property.Value.GetRawText(), allowed));
            }
        }

        return fields.Read(tokeniser, now);
    }
}

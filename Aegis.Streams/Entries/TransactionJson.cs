using System.Globalization;
using System.Text.Json;
using Aegis.Core.Transactions;

namespace Aegis.Streams.Entries;

/// <summary>Reads transactions from JSON, at the edge and from the log, and reports every fault at once.</summary>
public static class TransactionJson
{
    private static readonly string[] Fields =
    [
        "id", "eventTime", "cardToken", "pan", "amountMinor", "currency", "merchantId", "mcc", "country", "channel", "latitude", "longitude", "deviceId", "ipAddress",
    ];

    private static readonly string[] TimeFormats = ["yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mmK"];

    /// <summary>Reads one object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="tokeniser">Exchanges <c>pan</c>; null where card numbers must not come.</param>
    /// <param name="now">The clock that judges event times.</param>
    /// <param name="faults">Receives everything that is wrong.</param>
    /// <returns>Null where there are faults.</returns>
    public static Transaction? Read(JsonElement json, CardTokeniser? tokeniser, DateTimeOffset now, List<TransactionFault> faults)
    {
        try
        {
            return ReadFields(json, tokeniser, now, faults);
        }
        catch (InvalidOperationException)
        {
            // What JsonElement throws where a text is not Unicode: a lone surrogate, or bytes that are not UTF-8.
            faults.Add(TransactionFault.Of("$", "text that is not Unicode", "well-formed UTF-8 without lone surrogates"));
            return null;
        }
    }

    private static Transaction? ReadFields(JsonElement json, CardTokeniser? tokeniser, DateTimeOffset now, List<TransactionFault> faults)
    {
        var before = faults.Count;
        if (json.ValueKind != JsonValueKind.Object)
        {
            faults.Add(TransactionFault.Of("$", json.GetRawText(), "a JSON object"));
            return null;
        }

        foreach (var property in json.EnumerateObject())
        {
            if (!Fields.Contains(property.Name))
            {
                faults.Add(TransactionFault.Of(property.Name, property.Value.GetRawText(), $"no such field; the fields are {string.Join(", ", Fields)}"));
            }
        }

        var cells = new Cells(json, faults);
        var card = Card(cells, tokeniser, faults);
        var transaction = new Transaction
        {
            Id = cells.Text("id"),
            EventTime = cells.Time("eventTime"),
            CardToken = card.Token,
            CardBin = card.Bin,
            CardLastFour = card.LastFour,
            AmountMinor = cells.Whole("amountMinor"),
            Currency = cells.Text("currency"),
            MerchantId = cells.Text("merchantId"),
            Mcc = cells.Mcc("mcc"),
            Country = cells.Text("country"),
            Channel = cells.Channel("channel"),
            Latitude = cells.OptionalNumber("latitude"),
            Longitude = cells.OptionalNumber("longitude"),
            DeviceId = cells.OptionalText("deviceId"),
            IpAddress = cells.OptionalText("ipAddress"),
        };

        // A field that could not be read is named once, not again for the neutral value that stands in for it.
        var seen = faults.Skip(before).Select(f => f.Field).ToHashSet();
        var found = new List<TransactionFault>();
        TransactionValidator.Validate(transaction, now, found);
        faults.AddRange(found.Where(f => !seen.Contains(f.Field) && !(f.Field == "cardToken" && seen.Contains("pan"))));
        return faults.Count == before ? transaction : null;
    }

    private static (string Token, string? Bin, string? LastFour) Card(Cells cells, CardTokeniser? tokeniser, List<TransactionFault> faults)
    {
        if (cells.OptionalText("pan") is not { } pan)
        {
            var token = cells.Text("cardToken");
            return CardNumbers.IsCardNumber(token) && tokeniser is not null ? Exchange("cardToken", token, tokeniser, faults) : (token, null, null);
        }

        if (cells.OptionalText("cardToken") is not null)
        {
            faults.Add(TransactionFault.Of("pan", "…", "either 'pan' or 'cardToken', not both"));
            return ("", null, null);
        }

        if (tokeniser is null)
        {
            faults.Add(TransactionFault.Of("pan", "…", "'cardToken'; card numbers are exchanged at the HTTP edge only"));
            return ("", null, null);
        }

        return Exchange("pan", pan, tokeniser, faults);
    }

    private static (string Token, string? Bin, string? LastFour) Exchange(string field, string pan, CardTokeniser tokeniser, List<TransactionFault> faults)
    {
        if (tokeniser.Tokenise(pan) is { } exchanged)
        {
            return (exchanged.Token, exchanged.Bin, exchanged.LastFour);
        }

        // The digits themselves stay out of the error, right or wrong.
        faults.Add(TransactionFault.Of(field, $"{pan.Count(char.IsAsciiDigit)} digits", "13 to 19 digits that pass the Luhn check"));
        return ("", null, null);
    }

    private readonly struct Cells(JsonElement json, List<TransactionFault> faults)
    {
        public string? OptionalText(string field)
        {
            if (!TryGet(field, out var value))
            {
                return null;
            }

            if (value.ValueKind == JsonValueKind.String)
            {
                return value.GetString();
            }

            faults.Add(TransactionFault.Of(field, value.GetRawText(), "a JSON string"));
            return null;
        }

        public string Text(string field)
        {
            if (TryGet(field, out _))
            {
                return OptionalText(field) ?? "";
            }

            faults.Add(TransactionFault.Of(field, null, "a value; the field is required"));
            return "";
        }

        public long Whole(string field)
        {
            if (!TryGet(field, out var value))
            {
                faults.Add(TransactionFault.Of(field, null, "a whole number; the field is required"));
                return 0;
            }

            if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number))
            {
                return number;
            }

            faults.Add(TransactionFault.Of(field, value.GetRawText(), "a whole number"));
            return 0;
        }

        public int Mcc(string field)
        {
            var text = TryGet(field, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : Text(field);
            if (text.Length is >= 1 and <= 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var mcc))
            {
                return mcc;
            }

            if (faults.Count == 0 || faults[^1].Field != field)
            {
                faults.Add(TransactionFault.Of(field, text, "an ISO 18245 code of four digits, \"0000\" to \"9999\""));
            }

            return 0;
        }

        public Channel Channel(string field)
        {
            var text = Text(field);
            if (!Channels.TryParse(text, out var channel) && (faults.Count == 0 || faults[^1].Field != field))
            {
                faults.Add(TransactionFault.Of(field, text, string.Join(", ", Channels.Names)));
            }

            return channel;
        }

        public double? OptionalNumber(string field)
        {
            if (!TryGet(field, out var value))
            {
                return null;
            }

            if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number))
            {
                return number;
            }

            faults.Add(TransactionFault.Of(field, value.GetRawText(), "a JSON number, or nothing"));
            return null;
        }

        public DateTimeOffset Time(string field)
        {
            var text = Text(field);
            if (DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            {
                return DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
            }

            if (faults.Count == 0 || faults[^1].Field != field)
            {
                faults.Add(TransactionFault.Of(field, text, "an ISO 8601 time, such as 2026-03-01T12:00:00Z"));
            }

            return default;
        }

        private bool TryGet(string field, out JsonElement value) => json.TryGetProperty(field, out value) && value.ValueKind != JsonValueKind.Null;
    }
}

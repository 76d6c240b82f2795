using System.Globalization;
using System.Text.Json;
using Aegis.Core.Transactions;

namespace Aegis.Streams.Entries;

/// <summary>Finds the fields of a transaction in a JSON object.</summary>
/// <remarks>Amount, coordinates and epoch times are numbers, the category code is a number or a string, and the rest are strings.</remarks>
internal sealed class JsonTransactionFields(JsonElement json, List<TransactionFault> faults) : TransactionFields(faults)
{
    private const string AllowedMcc = "an ISO 18245 code of four digits, \"0000\" to \"9999\"";
    private const string AllowedNumber = "a JSON number, or nothing";
    private const string AllowedSeconds = "a JSON number of seconds since 1970-01-01T00:00:00Z, such as 1772366400 or 1772366400.123";
    private const string AllowedMilliseconds = "a JSON number of milliseconds since 1970-01-01T00:00:00Z, such as 1772366400123";
    private const int MaxMccLength = 4;
    private const int MillisecondsInSecond = 1_000;

    private static readonly string[] TimeFields =
        [FieldNames.EventTime, FieldNames.EventTimeSeconds, FieldNames.EventTimeMilliseconds];

    /// <summary>Reads and judges the object.</summary>
    /// <param name="tokeniser">Exchanges <c>pan</c>; null where card numbers must not come.</param>
    /// <param name="now">The clock that judges event times.</param>
    /// <returns>Null where there are faults.</returns>
    public Transaction? Read(CardTokeniser? tokeniser, DateTimeOffset now) => Judge(Assemble(tokeniser), now);

    /// <inheritdoc/>
    protected override string? Find(string field)
    {
        if (!json.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var isNumber = value.ValueKind == JsonValueKind.Number;
        switch (field)
        {
            case FieldNames.AmountMinor or FieldNames.Latitude or FieldNames.Longitude or FieldNames.Mcc when isNumber:
                return value.GetRawText();
            case FieldNames.AmountMinor:
                Fault(field, value.GetRawText(), "a whole number");
                return null;
            case FieldNames.Latitude or FieldNames.Longitude:
                Fault(field, value.GetRawText(), AllowedNumber);
                return null;
            case var _ when value.ValueKind == JsonValueKind.String:
                return value.GetString();
            default:
                Fault(field, value.GetRawText(), "a JSON string");
                return null;
        }
    }

    /// <inheritdoc/>
    protected override string AllowedOf(string required) =>
        required == FieldNames.AmountMinor ? "a whole number; the field is required" : "a value; the field is required";

    /// <inheritdoc/>
    protected override (string Token, string? Bin, string? LastFour) Card(CardTokeniser? tokeniser)
    {
        if (Find(FieldNames.Pan) is not { } pan)
        {
            return CardOf(Required(FieldNames.CardToken), tokeniser);
        }

        if (Find(FieldNames.CardToken) is not null)
        {
            Fault(FieldNames.Pan, "…", "either 'pan' or 'cardToken', not both");
            return ("", null, null);
        }

        if (tokeniser is null)
        {
            Fault(FieldNames.Pan, "…", "'cardToken'; card numbers are exchanged at the HTTP edge only");
            return ("", null, null);
        }

        return Exchange(pan, tokeniser);
    }

    /// <inheritdoc/>
    protected override DateTimeOffset EventTime()
    {
        var given = Array.FindAll(TimeFields, Has);
        if (given.Length > 1)
        {
            Fault(given[1], json.GetProperty(given[1]).GetRawText(), $"one of {string.Join(", ", TimeFields)}; {given[0]} is there too");
            return default;
        }

        return given is [var field] && field != FieldNames.EventTime
            ? EpochTime(field, field == FieldNames.EventTimeSeconds ? MillisecondsInSecond : 1)
            : base.EventTime();
    }

    /// <inheritdoc/>
    protected override bool TryTime(string text, out DateTimeOffset time, out string allowed)
    {
        allowed = WrittenTime.Allowed;
        return WrittenTime.TryParse(text, out time);
    }

    /// <inheritdoc/>
    protected override long AmountOf(string text)
    {
        if (json.GetProperty(FieldNames.AmountMinor).TryGetInt64(out var amount))
        {
            return amount;
        }

        Fault(FieldNames.AmountMinor, text, "a whole number");
        return 0;
    }

    /// <inheritdoc/>
    protected override bool TryMcc(string text, out int mcc, out string allowed)
    {
        (mcc, allowed) = (0, AllowedMcc);
        return text.Length is >= 1 and <= MaxMccLength && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out mcc);
    }

    /// <inheritdoc/>
    protected override bool TryNumber(string field, string text, out double value, out string allowed)
    {
        allowed = AllowedNumber;
        return json.GetProperty(field).TryGetDouble(out value);
    }

    /// <inheritdoc/>
    protected override string? Metadata(CardTokeniser? tokeniser)
    {
        if (!json.TryGetProperty(FieldNames.Metadata, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var metadata = Core.Transactions.Metadata.Read(value, tokeniser);
        if (metadata is null)
        {
            Fault(FieldNames.Metadata, value.GetRawText(), Core.Transactions.Metadata.Allowed);
        }

        return metadata;
    }

    private bool Has(string field) => json.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A time as a number since 1970. Senders say its unit by the field's name, so that none is guessed.</summary>
    private DateTimeOffset EpochTime(string field, int milliseconds)
    {
        var value = json.GetProperty(field);
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number >= 0
            && number <= UnixTime.LastMilliseconds / milliseconds)
        {
            return DateTimeOffset.FromUnixTimeMilliseconds((long)(number * milliseconds));
        }

        Fault(field, value.GetRawText(), milliseconds == 1 ? AllowedMilliseconds : AllowedSeconds);
        return default;
    }

    private (string Token, string? Bin, string? LastFour) Exchange(string pan, CardTokeniser tokeniser)
    {
        if (tokeniser.Tokenise(pan) is { } exchanged)
        {
            return (exchanged.Token, exchanged.Bin, exchanged.LastFour);
        }

        // The digits themselves stay out of the error, right or wrong.
        Fault(FieldNames.Pan, $"{pan.Count(char.IsAsciiDigit)} digits", "12 to 19 digits that pass the Luhn check");
        return ("", null, null);
    }
}

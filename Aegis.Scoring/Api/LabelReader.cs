using System.Text.Json;
using Aegis.Core.Transactions;

namespace Aegis.Scoring.Api;

/// <summary>A label as a caller sends it.</summary>
/// <param name="TransactionId">The id of the transaction that it is about.</param>
/// <param name="IsFraud">The verdict.</param>
/// <param name="LabelledAt">When the verdict became known, UTC; null for now.</param>
internal sealed record LabelRequest(string TransactionId, bool IsFraud, DateTimeOffset? LabelledAt);

/// <summary>Reads labels from JSON and reports every fault at once.</summary>
internal static class LabelReader
{
    private static readonly string[] Fields = ["transactionId", "isFraud", "labelledAt"];

    /// <summary>Reads one object; null if it has faults.</summary>
    public static LabelRequest? Read(JsonElement json, List<TransactionFault> faults)
    {
        try
        {
            return ReadFields(json, faults);
        }
        catch (InvalidOperationException)
        {
            // JsonElement throws this for a name that is not Unicode.
            faults.Add(TransactionFault.Of("$", "text that is not Unicode", "well-formed UTF-8 without lone surrogates"));
            return null;
        }
    }

    private static LabelRequest? ReadFields(JsonElement json, List<TransactionFault> faults)
    {
        var before = faults.Count;
        if (json.ValueKind != JsonValueKind.Object)
        {
            faults.Add(TransactionFault.Of("$", json.GetRawText(), "a JSON object"));
            return null;
        }

        var seen = new HashSet<string>();
        foreach (var property in json.EnumerateObject())
        {
            if (!seen.Add(property.Name))
            {
                faults.Add(TransactionFault.Of(property.Name, property.Value.GetRawText(), "the field once; it comes twice"));
            }
        }

        foreach (var property in json.EnumerateObject().Where(property => !Fields.Contains(property.Name)))
        {
            faults.Add(TransactionFault.Of(
                property.Name, property.Value.GetRawText(), $"no such field; the fields are {string.Join(", ", Fields)}"));
        }

        var request = new LabelRequest(Id(json, faults), IsFraud(json, faults), LabelledAt(json, faults));
        return faults.Count == before ? request : null;
    }

    private static string Id(JsonElement json, List<TransactionFault> faults)
    {
        var id = json.TryGetProperty("transactionId", out var value) && value.ValueKind == JsonValueKind.String
            && value.TryGetText() is { Length: >= 1 and <= TransactionRules.MaxIdentifierLength } text ? text : null;
        if (id is null)
        {
            faults.Add(Fault(
                "transactionId", value,
                $"a text of 1 to {TransactionRules.MaxIdentifierLength} characters, the id of a transaction that was decided"));
        }

        return id ?? "";
    }

    private static bool IsFraud(JsonElement json, List<TransactionFault> faults)
    {
        if (!json.TryGetProperty("isFraud", out var value) || value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            faults.Add(Fault("isFraud", value, "true or false"));
        }

        return value.ValueKind == JsonValueKind.True;
    }

    private static DateTimeOffset? LabelledAt(JsonElement json, List<TransactionFault> faults)
    {
        if (!json.TryGetProperty("labelledAt", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.TryGetText() is { } text && WrittenTime.TryParse(text, out var time))
        {
            return time;
        }

        faults.Add(Fault("labelledAt", value, $"{WrittenTime.Allowed}, or nothing for now"));
        return null;
    }

    /// <summary>Null for text that is not Unicode: a lone surrogate.</summary>
    private static string? TryGetText(this JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static TransactionFault Fault(string field, JsonElement value, string allowed) =>
        TransactionFault.Of(
            field, value.ValueKind == JsonValueKind.Undefined ? null : value.ValueKind == JsonValueKind.String ? value.TryGetText()
            ?? "text that is not Unicode" : value.GetRawText(), allowed);
}

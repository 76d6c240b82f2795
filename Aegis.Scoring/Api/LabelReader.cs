using System.Text.Json;
using Aegis.Core.Transactions;
using Aegis.Streams.Entries;

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
        var before = faults.Count;
        var request = JsonObjectRules.Read(
            json, Fields, faults, () => new LabelRequest(Id(json, faults), IsFraud(json, faults), LabelledAt(json, faults)));
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

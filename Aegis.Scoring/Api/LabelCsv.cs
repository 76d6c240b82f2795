using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aegis.Scoring.Api;

/// <summary>Labels as CSV, for example a file of chargebacks: the column transactionId, and as wished isFraud, which is true where
/// nothing stands, and labelledAt, a time or a date.</summary>
internal static class LabelCsv
{
    private static readonly string[] Yes = ["true", "1", "yes"];
    private static readonly string[] No = ["false", "0", "no"];

    /// <summary>The columns.</summary>
    public static string[] Columns { get; } = ["transactionId", "isFraud", "labelledAt"];

    /// <summary>The current line as <see cref="LabelReader"/> reads labels.</summary>
    /// <param name="line">A line without a fault.</param>
    /// <param name="now">The time, UTC. A date stands for its last second, unless that is still to come.</param>
    public static JsonElement ToJson(CsvBody line, DateTimeOffset now)
    {
        var label = new JsonObject { ["isFraud"] = IsFraud(line["isFraud"]) };
        if (line["transactionId"] is { } id)
        {
            label["transactionId"] = id;
        }

        if (line["labelledAt"] is { } known)
        {
            var isDay = DateOnly.TryParseExact(known, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
            label["labelledAt"] = isDay ? $"{EndOf(day, now):yyyy-MM-ddTHH:mm:ss.fffZ}" : known;
        }

        return JsonSerializer.SerializeToElement(label);
    }

    private static JsonValue IsFraud(string? text) =>
        text is null || Yes.Contains(text, StringComparer.OrdinalIgnoreCase) ? JsonValue.Create(true)
        : No.Contains(text, StringComparer.OrdinalIgnoreCase) ? JsonValue.Create(false)
        : JsonValue.Create(text);

    /// <summary>The last moment of a day; of today, now.</summary>
    private static DateTime EndOf(DateOnly day, DateTimeOffset now) =>
        day == DateOnly.FromDateTime(now.UtcDateTime) ? now.UtcDateTime : day.ToDateTime(TimeOnly.MaxValue);
}

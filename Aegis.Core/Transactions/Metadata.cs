using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Aegis.Core.Transactions;

/// <summary>A caller's own JSON object beside a payment: it is kept and shown, and decides nothing.</summary>
public static class Metadata
{
    /// <summary>The largest length in bytes of UTF-8, as it is kept.</summary>
    public const int MaxBytes = 2048;

    /// <summary>The largest number of levels of objects and lists.</summary>
    public const int MaxDepth = 8;

    /// <summary>Allowed for metadata.</summary>
    public static string Allowed { get; } =
        $"a JSON object of at most {MaxBytes} bytes and {MaxDepth} levels, in which no name comes twice";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads an object into the form that is kept: without blanks, and with a keyed token for every card number.</summary>
    /// <param name="json">What stands in the message.</param>
    /// <param name="tokeniser">Exchanges card numbers; null: they stay, and <see cref="IsMetadata"/> refuses them.</param>
    /// <returns>Null if it is not what <see cref="Allowed"/> says.</returns>
    /// <exception cref="InvalidOperationException">A text is not Unicode.</exception>
    public static string? Read(JsonElement json, CardTokeniser? tokeniser)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Options);
        if (json.ValueKind != JsonValueKind.Object || !TryWrite(json, 1, tokeniser, writer))
        {
            return null;
        }

        writer.Flush();
        return buffer.WrittenCount <= MaxBytes ? Encoding.UTF8.GetString(buffer.WrittenSpan) : null;
    }

    /// <summary>True for text that <see cref="Read"/> may have made, without a card number in it.</summary>
    public static bool IsMetadata(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using var document = JsonDocument.Parse(text);
            return !CardNumbers.Contains(text) && Read(document.RootElement, null) == text;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool TryWrite(JsonElement value, int depth, CardTokeniser? tokeniser, Utf8JsonWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object or JsonValueKind.Array when depth > MaxDepth:
                return false;
            case JsonValueKind.Object:
                return TryWriteObject(value, depth, tokeniser, writer);
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    if (!TryWrite(item, depth + 1, tokeniser, writer))
                    {
                        return false;
                    }
                }

                writer.WriteEndArray();
                return true;
            case JsonValueKind.String:
                writer.WriteStringValue(Clean(value.GetString()!, tokeniser));
                return true;
            case JsonValueKind.Number when tokeniser is not null && CardNumbers.Contains(value.GetRawText()):
                writer.WriteStringValue(Clean(value.GetRawText(), tokeniser));
                return true;
            default:
                writer.WriteRawValue(value.GetRawText());
                return true;
        }
    }

    private static bool TryWriteObject(JsonElement value, int depth, CardTokeniser? tokeniser, Utf8JsonWriter writer)
    {
        var names = new HashSet<string>();
        writer.WriteStartObject();
        foreach (var property in value.EnumerateObject())
        {
            var name = Clean(property.Name, tokeniser);
            if (!names.Add(name))
            {
                return false;
            }

            writer.WritePropertyName(name);
            if (!TryWrite(property.Value, depth + 1, tokeniser, writer))
            {
                return false;
            }
        }

        writer.WriteEndObject();
        return true;
    }

    private static string Clean(string text, CardTokeniser? tokeniser) => tokeniser?.Clean(text, MaxBytes) ?? text;
}

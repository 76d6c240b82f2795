using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aegis.Core.Transactions;
using Aegis.Streams;

namespace Aegis.Scoring.Consumption;

/// <summary>Makes messages of log entries; whatever is wrong becomes a <see cref="MessageFormatException"/> with the reason.</summary>
internal static partial class EntryReader
{
    private static ReadOnlySpan<byte> Binary => "b"u8;

    private static ReadOnlySpan<byte> Json => "json"u8;

    /// <summary>Reads an entry.</summary>
    public static LogMessage Read(LogEntry entry)
    {
        if (entry.Field(Binary) is { } bytes)
        {
            return MessageCodec.Decode(bytes.Span);
        }

        if (entry.Field(Json) is { } json)
        {
            return ReadJson(json, entry.Position.AppendedAt);
        }

        throw new MessageFormatException($"The entry has no field '{MessageCodec.BinaryField}' or '{MessageCodec.JsonField}'; allowed: one of them.");
    }

    /// <summary>The entry's raw bytes, for people who look at a dead letter; where card numbers stand in them, masked.</summary>
    public static byte[] Payload(LogEntry entry)
    {
        if (entry.Field(Binary) is { } bytes)
        {
            var characters = Encoding.Latin1.GetString(bytes.Span);
            return CardNumbers.Mask(characters) is var masked && masked == characters ? bytes.ToArray() : Encoding.UTF8.GetBytes(masked);
        }

        var text = string.Join(' ', entry.Fields.Select(f => Encoding.UTF8.GetString(f.Span)));
        var unescaped = UnicodeEscape().Replace(text, match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());
        return Encoding.UTF8.GetBytes(CardNumbers.Mask(unescaped) == unescaped ? text : CardNumbers.Mask(unescaped));
    }

    // \u0034 is a way to write 4 in JSON.
    [GeneratedRegex(@"\\u([0-9a-fA-F]{4})")]
    private static partial Regex UnicodeEscape();

    private static LogMessage ReadJson(ReadOnlyMemory<byte> json, DateTimeOffset appendedAt)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var faults = new List<TransactionFault>();
            return TransactionJson.Read(document.RootElement, tokeniser: null, appendedAt, faults) is { } transaction
                ? new LogMessage([transaction], IsHistory: false, appendedAt, TraceParent: null)
                : throw new MessageFormatException(string.Join("; ", faults));
        }
        catch (JsonException e)
        {
            throw new MessageFormatException($"Field '{MessageCodec.JsonField}' is not JSON: {e.Message}");
        }
    }
}

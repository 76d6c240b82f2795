using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aegis.Core.Transactions;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Shards;

/// <summary>Reads JSON entries and the payloads of dead letters, both of which are rare.</summary>
internal static partial class EntryTexts
{
    /// <summary>Reads the transaction of a JSON entry.</summary>
    /// <exception cref="MessageFormatException">The text is not a transaction; the message names all faults.</exception>
    public static Transaction ReadJson(ReadOnlySpan<byte> json, DateTimeOffset appendedAt)
    {
        try
        {
            using var document = JsonDocument.Parse(json.ToArray());
            var faults = new List<TransactionFault>();
            return TransactionJson.Read(document.RootElement, tokeniser: null, appendedAt, faults)
                ?? throw new MessageFormatException(string.Join("; ", faults));
        }
        catch (JsonException e)
        {
            throw new MessageFormatException($"Field '{MessageCodec.JsonField}' is not JSON: {e.Message}");
        }
    }

    /// <summary>The entry's raw bytes, for people who look at a dead letter. Card numbers in them are masked.</summary>
    public static byte[] Payload(EntryKind kind, ReadOnlySpan<byte> bytes)
    {
        if (kind is EntryKind.Binary or EntryKind.Label)
        {
            var characters = Encoding.Latin1.GetString(bytes);
            return CardNumbers.Mask(characters) is var masked && masked == characters ? bytes.ToArray() : Encoding.UTF8.GetBytes(masked);
        }

        var text = Encoding.UTF8.GetString(bytes);
        var unescaped = UnicodeEscape().Replace(text, match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());
        return CardNumbers.Mask(unescaped) is var clean && clean == unescaped ? bytes.ToArray() : Encoding.UTF8.GetBytes(clean);
    }

    // JSON may write the digit 4 as \u0034.
    [GeneratedRegex(@"\\u([0-9a-fA-F]{4})")]
    private static partial Regex UnicodeEscape();
}

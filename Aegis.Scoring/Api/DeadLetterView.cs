using System.Text;
using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Api;

/// <summary>A dead letter as the API shows it.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Position">The entry.</param>
/// <param name="Item">Index within the entry.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Payload">The raw bytes as base64.</param>
/// <param name="Text">The raw bytes as text, where they are text.</param>
/// <param name="FirstSeen">When it was met first.</param>
internal sealed record DeadLetterView(int Shard, LogPosition Position, int Item, string Reason, string Payload, string? Text, DateTimeOffset FirstSeen)
{
    public static DeadLetterView Of(DeadLetter letter)
    {
        var text = Encoding.UTF8.GetString(letter.Payload);
        var isText = !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t') || c == '\ufffd');
        return new(letter.Shard, letter.Position, letter.Item, letter.Reason, Convert.ToBase64String(letter.Payload), isText ? CardNumbers.Mask(text) : null, letter.FirstSeen);
    }
}

using System.Text;
using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Api;

/// <summary>A page of dead letters, newest first, as <c>GET /dead-letters</c> answers it.</summary>
/// <param name="DeadLetters">The letters.</param>
/// <param name="Next">Value of <c>before</c> for the next page; null on the last.</param>
internal sealed record DeadLetterPage(IReadOnlyList<DeadLetterView> DeadLetters, string? Next);

/// <summary>A dead letter as the API shows it.</summary>
/// <param name="Key">What it is addressed by: position, shard and item.</param>
/// <param name="Shard">The shard.</param>
/// <param name="Position">The entry.</param>
/// <param name="Item">Index within the entry.</param>
/// <param name="Kind">How the entry was written.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Payload">The raw bytes as base64.</param>
/// <param name="Text">The raw bytes as text, where they are text.</param>
/// <param name="FirstSeen">When it was met first.</param>
/// <param name="DrivenAgain">When it was last appended again.</param>
internal sealed record DeadLetterView(
    string Key, int Shard, LogPosition Position, int Item, EntryKind Kind, string Reason, string Payload, string? Text, DateTimeOffset FirstSeen, DateTimeOffset? DrivenAgain)
{
    public static DeadLetterView Of(DeadLetter letter)
    {
        var text = Encoding.UTF8.GetString(letter.Payload);
        var isText = !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t') || c == '\ufffd');
        return new(
            DeadLetterKey.Of(letter).ToString(), letter.Shard, letter.Position, letter.Item, letter.Kind, letter.Reason,
            Convert.ToBase64String(letter.Payload), isText ? CardNumbers.Mask(text) : null, letter.FirstSeen, letter.DrivenAgain);
    }
}

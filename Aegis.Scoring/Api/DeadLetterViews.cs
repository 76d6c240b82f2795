using System.Text;
using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Api;

/// <summary>Turns dead letters into the form that the API shows.</summary>
internal static class DeadLetterViews
{
    /// <summary>The view of a letter. If the payload is text, the view also shows it as text, with card numbers masked.</summary>
    public static DeadLetterView Of(DeadLetter letter)
    {
        var text = Encoding.UTF8.GetString(letter.Payload);
        var isText = !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t') || c == '\ufffd');
        return new DeadLetterView(
            DeadLetterKey.Of(letter).ToString(), letter.Shard, letter.Position, letter.Item, JsonNamingPolicy.CamelCase.ConvertName(
                letter.Kind.ToString()), letter.Reason,
            Convert.ToBase64String(letter.Payload), isText ? CardNumbers.Mask(text) : null, letter.FirstSeen, letter.DrivenAgain);
    }
}

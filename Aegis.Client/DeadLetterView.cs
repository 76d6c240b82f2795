using Aegis.Core.Decisions;

namespace Aegis.Client;

/// <summary>A dead letter as the API shows it.</summary>
/// <param name="Key">Its key: position, shard and item.</param>
/// <param name="Shard">The shard.</param>
/// <param name="Position">The position of its entry.</param>
/// <param name="Item">The index within the entry.</param>
/// <param name="Kind">The form of the entry: binary, json, label, control or unknown.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Payload">The raw bytes as base64.</param>
/// <param name="Text">The raw bytes as text, with card numbers masked; null if they are not text.</param>
/// <param name="FirstSeen">When it was first met, UTC.</param>
/// <param name="DrivenAgain">When it was last appended again, UTC; null if never.</param>
public sealed record DeadLetterView(
    string Key, int Shard, LogPosition Position, int Item, string Kind, string Reason, string Payload, string? Text,
    DateTimeOffset FirstSeen, DateTimeOffset? DrivenAgain);

using Aegis.Core.Decisions;

namespace Aegis.Client;

/// <summary>The state of a shard, from its owner.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Epoch">The owner's epoch.</param>
/// <param name="Position">The last entry taken in.</param>
/// <param name="Model">The model in force.</param>
/// <param name="Cards">The number of cards remembered.</param>
/// <param name="Ids">The number of ids remembered.</param>
/// <param name="FactsVersion">The fact version read, UTC; null before the first.</param>
/// <param name="IsWaiting">True while that version is missing, because another shard is more than an interval behind.</param>
/// <param name="Fingerprint">A hash over all histories and facts, 16 hexadecimal digits; null if nobody asked for it,
/// and while the shard waits for facts.</param>
public sealed record ShardReport(
    int Shard, long Epoch, LogPosition Position, string Model, int Cards, long Ids, DateTimeOffset? FactsVersion, bool IsWaiting,
    string? Fingerprint);

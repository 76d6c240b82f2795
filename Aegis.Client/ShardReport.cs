using Aegis.Core.Decisions;

namespace Aegis.Client;

/// <summary>A shard as its owner sees it.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Epoch">The owner's epoch.</param>
/// <param name="Position">The last entry taken in.</param>
/// <param name="Model">The model in force.</param>
/// <param name="Cards">Cards remembered.</param>
/// <param name="Ids">Ids remembered.</param>
/// <param name="FactsVersion">The fact version read, UTC; null before the first.</param>
/// <param name="IsWaiting">True while that version is not there yet, because another shard is more than an interval behind.</param>
/// <param name="Fingerprint">A hash over all histories and facts, 16 hexadecimal digits; null where not asked for, and while facts are
/// waited for.</param>
public sealed record ShardReport(
    int Shard, long Epoch, LogPosition Position, string Model, int Cards, long Ids, DateTimeOffset? FactsVersion, bool IsWaiting,
    string? Fingerprint);

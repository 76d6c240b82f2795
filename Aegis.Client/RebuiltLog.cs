namespace Aegis.Client;

/// <summary>The answer of <c>POST /log/rebuild</c>.</summary>
/// <param name="Shards">What was rebuilt, by shard.</param>
/// <param name="NotRebuilt">What could not be rebuilt, in sentences.</param>
public sealed record RebuiltLog(IReadOnlyList<RebuiltShard> Shards, IReadOnlyList<string> NotRebuilt);

/// <summary>A shard whose histories were made from stored decisions.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Cards">The number of cards with a history.</param>
/// <param name="Payments">The number of stored decisions read.</param>
/// <param name="From">The event time of the first of them, UTC; null if there is none.</param>
/// <param name="After">The last entry of the old log whose results are stored. Later entries of the new log are decided.</param>
public sealed record RebuiltShard(int Shard, int Cards, long Payments, DateTimeOffset? From, string After);

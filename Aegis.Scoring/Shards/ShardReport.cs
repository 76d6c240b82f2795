using Aegis.Core.Decisions;

namespace Aegis.Scoring.Shards;

/// <summary>A shard as its owner sees it.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Epoch">The owner's epoch.</param>
/// <param name="Position">The last entry taken in.</param>
/// <param name="Model">The model in force.</param>
/// <param name="Cards">Cards remembered.</param>
/// <param name="Ids">Ids remembered.</param>
/// <param name="FactsVersion">The fact version read, UTC; null before the first.</param>
/// <param name="IsWaiting">True while that version is not there yet, because another shard is more than an interval behind.</param>
/// <param name="Fingerprint">A hash over all histories and facts, 16 hexadecimal digits; null where not asked for, and while facts are waited for.</param>
internal sealed record ShardReport(int Shard, long Epoch, LogPosition Position, string Model, int Cards, long Ids, DateTimeOffset? FactsVersion, bool IsWaiting, string? Fingerprint)
{
    /// <summary>A worker's report; on its thread.</summary>
    public static ShardReport Of(ShardWorker worker, bool withFingerprint) => new(
        worker.Shard, worker.Epoch, worker.Position, worker.Versions.Model, worker.Histories.Cards.Count, worker.Ids.Count,
        Decision.FactsVersionOf(worker.FactsMs), worker.IsWaiting, withFingerprint && !worker.IsWaiting ? worker.Fingerprint.ToString("x16") : null);
}

using Aegis.Core.Decisions;
using Aegis.Streams.Entries;
using Aegis.Streams.Reading;
using Aegis.Streams.Redis;

namespace Aegis.Scoring.Shards;

/// <summary>Reads the logs of the shards that this process owns, and hands the entries to their lanes.</summary>
internal sealed class LogReading(ShardReader reader, ShardLanes lanes, LogLag lag, TimeProvider time)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan IdlePause = TimeSpan.FromMilliseconds(20);

    /// <summary>The reason why nothing is read at the moment; null if all is well.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads until stopped, until a lane fails, or until another part fails.</summary>
    /// <param name="failure">Ends when another part has failed.</param>
    /// <param name="stopping">Asks the reader to stop.</param>
    public async Task RunAsync(Task failure, CancellationToken stopping)
    {
        var positions = new Dictionary<int, LogPosition>();
        while (!failure.IsCompleted && !lanes.HasEnded)
        {
            await lanes.ChangeAsync(positions, stopping);
            var open = lanes.Open(positions);
            if (open.Count == 0)
            {
                await Task.Delay(IdlePause, time, stopping);
                lag.Since = BehindSince([]);
                continue;
            }

            if (await TryReadAsync(open, stopping) is not { } read)
            {
                continue;
            }

            var readAt = time.GetUtcNow();
            lag.Since = BehindSince(read);
            var readAtMicroseconds = UnixTime.ToMicroseconds(readAt);
            foreach (var entries in read)
            {
                positions[entries.Shard] = entries.Entries[^1].Position;
                await lanes.OfferAsync(entries, readAtMicroseconds, stopping);
            }
        }
    }

    private DateTimeOffset? BehindSince(IReadOnlyList<ShardEntries> read)
    {
        var oldest = lanes.WaitingSinceMs;
        foreach (var entries in read)
        {
            oldest = Math.Min(oldest, entries.Entries[0].Position.Milliseconds);
        }

        return oldest == long.MaxValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(oldest);
    }

    /// <summary>Reads the next entries; null if Redis is unavailable for now.</summary>
    private async Task<IReadOnlyList<ShardEntries>?> TryReadAsync(Dictionary<int, LogPosition> positions, CancellationToken stopping)
    {
        try
        {
            var result = await reader.ReadAsync(positions, stopping);
            Fault = null;
            return result;
        }
        catch (RedisException e)
        {
            // Redis may be LOADING its append-only file, or be out of memory. Either it passes, or an operator sees it in health.
            Fault = e.Message;
            await Task.Delay(RetryPause, time, stopping);
            return null;
        }
    }
}

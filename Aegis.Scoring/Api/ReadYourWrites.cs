using Aegis.Core.Decisions;
using Aegis.Scoring.Storage;
using Aegis.Streams.Appending;
using Aegis.Streams.Redis;

namespace Aegis.Scoring.Api;

/// <summary>Lets a request find every decision that was answered before it, by whichever scoring process.</summary>
/// <remarks>A decision is answered as soon as it is made, and stored with its block some milliseconds later.</remarks>
internal sealed class ReadYourWrites(TransactionLog log, Store store, TimeProvider time)
{
    // A block is stored within milliseconds. Behind a long queue the end of the log is not decided yet, and nobody was answered.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until all that is in the log now is stored, for a second at most. Without Redis it does not wait.</summary>
    public async Task WaitAsync(CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        try
        {
            var ends = await log.EndsAsync(cancel).WaitAsync(Limit, time, cancel);
            for (var pause = FirstPause; IsBehind(ends) && time.GetElapsedTime(started) < Limit;)
            {
                await Task.Delay(pause, time, cancel);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            // What is stored is answered still.
        }
    }

    private bool IsBehind(IReadOnlyList<LogPosition> ends)
    {
        var positions = store.Positions();
        return ends.Index().Any(end => positions[end.Index] < end.Item);
    }
}

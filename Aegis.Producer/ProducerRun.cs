using Aegis.Streams;
using Microsoft.Extensions.Logging;

namespace Aegis.Producer;

/// <summary>One run of a producer from start to end.</summary>
internal static partial class ProducerRun
{
    /// <summary>Sends what <paramref name="items"/> yields for the number after which the run began and the progress made, and announces the end.</summary>
    public static async Task<int> RunAsync(
        ProducerHost host, string name, string? run, Pace pace, int largestFrame, long barrierIntervalMs, Func<long, ProducerProgress, IEnumerable<ProducedItem>> items, CancellationToken cancel)
    {
        var producer = new TransactionProducer(host.Log, name, pace, largestFrame, barrierIntervalMs, TimeProvider.System, host.Logger);
        var progress = await producer.ProgressAsync(cancel);
        var start = await producer.RunStartAsync(run, cancel);
        var started = TimeProvider.System.GetTimestamp();
        var sent = await producer.RunAsync(items(start, progress), cancel);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        LogFinished(host.Logger, sent, seconds, sent / Math.Max(seconds, 1e-3));
        await host.Feed.PublishAsync([(LiveKinds.RunFinished, new RunFinished(name, sent))], cancel);
        return 0;
    }

    [LoggerMessage(3002, LogLevel.Information, "Sent {Sent} transactions in {Seconds:N1} s ({PerSecond:N0}/s)")]
    private static partial void LogFinished(ILogger logger, long sent, double seconds, double perSecond);
}

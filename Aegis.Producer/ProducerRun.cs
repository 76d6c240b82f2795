using Aegis.Streams.Appending;
using Aegis.Streams.Live;
using Microsoft.Extensions.Logging;

namespace Aegis.Producer;

/// <summary>Runs of a producer from start to end.</summary>
/// <param name="host">The log and the operators' wishes.</param>
/// <param name="plan">How it sends.</param>
internal sealed partial class ProducerRun(ProducerHost host, ProducerPlan plan)
{
    private readonly ILogger _logger = host.Logger;
    private readonly TransactionProducer _producer = new(host.Log, plan, host.Control, TimeProvider.System, host.Logger);

    /// <summary>Sends what <paramref name="items"/> yields for the number after which the run began and the progress made, and announces
    /// the end.</summary>
    public async Task RunAsync(string? run, Func<long, ProducerProgress, IEnumerable<ProducedItem>> items, CancellationToken cancel)
    {
        var progress = await _producer.ProgressAsync(cancel);
        var start = await _producer.RunStartAsync(run, cancel);
        var started = TimeProvider.System.GetTimestamp();
        var sent = await _producer.RunAsync(items(start, progress), cancel);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        LogFinished(sent, seconds, sent / Math.Max(seconds, 1e-3));
        await host.Feed.PublishAsync([(LiveKinds.RunFinished, new RunFinished(plan.Name, sent))], cancel);
    }

    [LoggerMessage(3002, LogLevel.Information, "Sent {Sent} transactions in {Seconds:N1} s ({PerSecond:N0}/s)")]
    private partial void LogFinished(long sent, double seconds, double perSecond);
}

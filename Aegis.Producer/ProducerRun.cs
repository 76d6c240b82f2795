using Aegis.Streams.Appending;
using Aegis.Streams.Live;
using Microsoft.Extensions.Logging;

namespace Aegis.Producer;

/// <summary>Runs a producer from start to end.</summary>
/// <param name="host">The log, and what operators ask for.</param>
/// <param name="plan">How the producer sends.</param>
internal sealed partial class ProducerRun(ProducerHost host, ProducerPlan plan)
{
    private readonly ILogger _logger = host.Logger;
    private readonly TransactionProducer _producer = new(host.Log, plan, host.Control, TimeProvider.System, host.Logger);

    /// <summary>Sends the items, then announces the run's end. <paramref name="items"/> gets the number after which the
    /// run began and the progress so far.</summary>
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

using Aegis.Client;
using Aegis.Scoring.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Notifications;

/// <summary>Tells once when this process becomes unhealthy, and once when it is healthy again. A fault that is gone within a few
/// seconds is not told.</summary>
internal sealed partial class HealthNotices(
    HealthCheckService health, ChannelStore channels, OutboxStore outbox, IOptions<ScoringOptions> options, TimeProvider time,
    ILogger<HealthNotices> logger) : BackgroundService
{
    private const int ChecksBeforeTold = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private int _same;
    private string? _fault;
    private bool _isUnhealthyTold;
    private bool _wasHealthy;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var report = await health.CheckHealthAsync(stoppingToken);
            Note(report.Status == HealthStatus.Unhealthy
                ? string.Join(" ", report.Entries.Where(entry => entry.Value.Status == HealthStatus.Unhealthy)
                    .Select(entry => entry.Value.Description ?? entry.Key))
                : null);
        }
    }

    /// <summary>Takes in the outcome of a check: what is wrong, or null.</summary>
    internal void Note(string? fault)
    {
        // Histories are rebuilt at every start; that is no fault to tell.
        _wasHealthy |= fault is null;
        _same = (fault is null) == (_fault is null) ? _same + 1 : 1;
        _fault = fault;
        if (!_wasHealthy || _same < ChecksBeforeTold || (fault is not null) == _isUnhealthyTold)
        {
            return;
        }

        try
        {
            var now = time.GetUtcNow();
            outbox.Add([.. channels.All().Where(channel => channel.Settings.Events.Contains(NoticeKind.Health)).Select(
                channel => new NewMessage(channel.Id, NoticeKind.Health, MessageBody.OfHealth(
                    channel.Settings.Template, options.Value.Instance, fault, now)))], now);
            _isUnhealthyTold = fault is not null;
        }
        catch (SqliteException e)
        {
            // The store may be what is wrong: the next check tries again.
            LogPutOff(e.Message);
        }
    }

    [LoggerMessage(3122, LogLevel.Debug, "A message about health put off: {Reason}")]
    private partial void LogPutOff(string reason);
}

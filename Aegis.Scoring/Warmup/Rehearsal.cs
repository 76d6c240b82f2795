using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aegis.Scoring.Warmup;

/// <summary>Decides a few hundred made-up payments before the service reports healthy, on a pipeline beside the real one.
/// Code is compiled, and statements are prepared, when they run first. So no real payment needs to wait for that.</summary>
internal sealed partial class Rehearsal(IConfiguration configuration, TimeProvider time, ILogger<Rehearsal> logger)
    : BackgroundService, IHealthCheck
{
    private volatile bool _isOver;

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isOver ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The first payments are being rehearsed."));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Continue off the thread that starts the other services.
        await Task.Yield();
        var started = time.GetTimestamp();
        try
        {
            await using var host = await RehearsalHost.StartAsync(configuration, time, stoppingToken);
            await RehearsalScript.RunAsync(host, time, stoppingToken);
            LogRehearsed(time.GetElapsedTime(started).TotalSeconds);
            // Cleaning up after the rehearsal can run while real payments come.
            _isOver = true;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // The first payments will be slow, but they will be decided.
            LogFailed(e.Message);
            _isOver = true;
        }
    }

    [LoggerMessage(2801, LogLevel.Information, "The first payments were rehearsed in {Seconds:F1} s")]
    private partial void LogRehearsed(double seconds);

    [LoggerMessage(2802, LogLevel.Warning, "Rehearsing the first payments failed, they may be slow: {Reason}")]
    private partial void LogFailed(string reason);
}

using Aegis.Scoring.Storage;
using Aegis.Streams.Redis;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Models;

/// <summary>Renews the calibration by the clock, if the options ask for it. Among several processes the caretaker does it.</summary>
internal sealed partial class CalibrationClock(
    CalibrationRenewal renewal, Caretaker caretaker, IOptions<ScoringOptions> options, TimeProvider time, ILogger<CalibrationClock> logger)
        : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.RecalibrateHours == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (caretaker.IsHere)
            {
                await TryAsync(stoppingToken);
            }
        }
    }

    private async Task TryAsync(CancellationToken stopping)
    {
        try
        {
            if (renewal.IsDue(TimeSpan.FromHours(options.Value.RecalibrateHours)))
            {
                await renewal.RenewAsync(stopping);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or SqliteException or RedisException)
        {
            LogPutOff(e.Message);
        }
    }

    [LoggerMessage(2503, LogLevel.Warning, "Not calibrated anew: {Reason}")]
    private partial void LogPutOff(string reason);
}

using System.Globalization;
using Aegis.MachineLearning.Bundles;
using Aegis.Scoring.Storage;
using Aegis.Streams.Redis;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Models;

/// <summary>Calibrates the model in force anew on recent payments: when told to, and by the clock where that is configured.</summary>
internal sealed partial class CalibrationRenewal(
    ModelRegistry models, ModelControl control, ReferencePayments payments, Store store, Caretaker caretaker, IOptions<ScoringOptions> options, TimeProvider time,
    ILogger<CalibrationRenewal> logger) : BackgroundService
{
    private const string RenewedNote = "calibratedAtMs";
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    /// <summary>Fits a calibration and brings it into force.</summary>
    /// <returns>The new bundle's version.</returns>
    /// <exception cref="InvalidOperationException">There are too few recent payments.</exception>
    /// <exception cref="SqliteException">The store cannot be used now.</exception>
    /// <exception cref="RedisException">The log cannot be reached; nothing or only some shards have it.</exception>
    public async Task<string> RenewAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var recalibration = new Recalibration(models.Get(models.InForce));
        payments.Read(recalibration.Add);
        var version = await control.UseCalibrationAsync(FraudModelFile.Write(recalibration.ToModel(now)), cancel);
        store.Note(RenewedNote, now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        LogRenewed(version, recalibration.Count);
        return version;
    }

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
            if (IsDue())
            {
                await RenewAsync(stopping);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or SqliteException or RedisException)
        {
            LogPutOff(e.Message);
        }
    }

    /// <summary>Counted from the first look where nothing was renewed yet: a fresh store is not calibrated on its first hours.</summary>
    private bool IsDue()
    {
        var now = time.GetUtcNow();
        var last = long.Parse(store.Remember(RenewedNote, now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        return now - DateTimeOffset.FromUnixTimeMilliseconds(last) >= TimeSpan.FromHours(options.Value.RecalibrateHours);
    }

    [LoggerMessage(2502, LogLevel.Information, "Calibrated anew on {Count} recent payments; {Version} is in force from here on")]
    private partial void LogRenewed(string version, int count);

    [LoggerMessage(2503, LogLevel.Warning, "Not calibrated anew: {Reason}")]
    private partial void LogPutOff(string reason);
}

using System.Globalization;
using Aegis.MachineLearning.Bundles;
using Aegis.Scoring.Storage;
using Aegis.Streams.Redis;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Models;

/// <summary>Fits the calibration of the model in force anew, on recent payments.</summary>
internal sealed partial class CalibrationRenewal(
    ModelRegistry models, ModelControl control, ReferencePayments payments, Store store, TimeProvider time,
    ILogger<CalibrationRenewal> logger)
{
    private const string RenewedNote = "calibratedAtMs";

    /// <summary>Fits a calibration and brings it into force.</summary>
    /// <returns>The new bundle's version.</returns>
    /// <exception cref="InvalidOperationException">There are too few recent payments, or another calibration was
    /// fitted in this second.</exception>
    /// <exception cref="SqliteException">The store cannot be used now.</exception>
    /// <exception cref="RedisException">The log cannot be reached. No shard, or only some, have the entry.</exception>
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

    /// <summary>True if the last renewal is at least that old. If there was none, the age counts from the first call,
    /// so a fresh store is not calibrated on its first hours.</summary>
    public bool IsDue(TimeSpan age)
    {
        var now = time.GetUtcNow();
        var last = long.Parse(
            store.Remember(RenewedNote, now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        return now - DateTimeOffset.FromUnixTimeMilliseconds(last) >= age;
    }

    [LoggerMessage(2502, LogLevel.Information, "Calibrated anew on {Count} recent payments; {Version} is in force from here on")]
    private partial void LogRenewed(string version, int count);
}

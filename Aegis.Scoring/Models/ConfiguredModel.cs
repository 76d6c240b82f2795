using Aegis.Streams.Redis;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Models;

/// <summary>At start, brings a bundle into force that was not configured before.</summary>
internal sealed partial class ConfiguredModel(ModelControl control, ModelRegistry models, TimeProvider time, ILogger<ConfiguredModel> logger) : BackgroundService
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await TryAsync(stoppingToken))
        {
            await Task.Delay(RetryPause, time, stoppingToken);
        }
    }

    private async Task<bool> TryAsync(CancellationToken stopping)
    {
        try
        {
            await control.UseConfiguredAsync(stopping);
            return true;
        }
        catch (Exception e) when (e is RedisException or SqliteException)
        {
            LogPutOff(models.Configured, e.Message);
            return false;
        }
    }

    [LoggerMessage(2501, LogLevel.Warning, "Model {Version} is not in force yet: {Reason}")]
    private partial void LogPutOff(string version, string reason);
}

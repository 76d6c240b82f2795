using Aegis.ServiceDefaults;
using Aegis.Streams.Redis;

namespace Aegis.Scoring;

/// <summary>The Redis that holds the log is configured so that it may discard entries.</summary>
internal sealed class EvictionException(string policy) : Exception(
    $"Redis has a maxmemory and maxmemory-policy '{policy}', under which it throws log entries away when memory is full; "
    + "allowed: noeviction. Set it by: redis-cli CONFIG SET maxmemory-policy noeviction");

/// <summary>Refuses a Redis that may discard log entries: at the start, or as soon as Redis is there.</summary>
internal sealed partial class EvictionGuard(
    RedisClient redis, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<EvictionGuard> logger) : BackgroundService
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    /// <exception cref="EvictionException">Redis may discard entries.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CheckAsync(cancellationToken);
        }
        catch (RedisUnavailableException)
        {
            await base.StartAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Retries.Endless("eviction policy", RetryPause, time, fault => fault is RedisUnavailableException, _ => { })
                .ExecuteAsync(async cancel => await CheckAsync(cancel), stoppingToken);
        }
        catch (EvictionException e)
        {
            LogRefused(e.Message);
            lifetime.StopApplication();
        }
    }

    private async Task CheckAsync(CancellationToken cancel)
    {
        try
        {
            var limit = await SettingAsync("maxmemory", cancel);
            var policy = await SettingAsync("maxmemory-policy", cancel);
            if (limit is not ("" or "0") && policy != "noeviction")
            {
                throw new EvictionException(policy);
            }
        }
        catch (RedisErrorException e)
        {
            // Hosted servers often forbid CONFIG.
            LogUnknown(e.Message);
        }
    }

    /// <returns>The setting; empty if the server does not know it.</returns>
    private async Task<string> SettingAsync(string name, CancellationToken cancel) =>
        (await redis.ExecuteAsync(new RedisCommand("CONFIG", "GET", name), cancel)).ToDictionary().TryGetValue(name, out var value)
            ? value.Text()
            : "";

    [LoggerMessage(2401, LogLevel.Critical, "Stopping: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(2402, LogLevel.Warning,
        "Whether Redis may throw log entries away cannot be checked; its maxmemory-policy must be noeviction ({Reason})")]
    private partial void LogUnknown(string reason);
}

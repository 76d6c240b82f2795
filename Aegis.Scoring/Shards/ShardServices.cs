using Aegis.Scoring.Commits;
using Aegis.Streams;
using Aegis.Streams.Leases;
using Aegis.Streams.Reading;
using Aegis.Streams.Redis;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Shards;

/// <summary>Registers the services that own, read and decide shards.</summary>
internal static class ShardServices
{
    /// <summary>Registers everything from leases to lanes. The consumer is registered last, so it stops first.</summary>
    public static IServiceCollection AddShards(this IServiceCollection services)
    {
        services.AddSingleton<DecisionWaiters>();
        services.AddSingleton<SampleBudget>();
        services.AddSingleton<LogLag>();
        services.AddSingleton<ShardStates>();
        services.AddSingleton<ShardWorkers>();
        services.AddSingleton(
            provider => new LeaseHolder(
                provider.GetRequiredService<IOptions<ScoringOptions>>().Value.Instance, Guid.NewGuid().ToString("N")));
        services.AddSingleton(provider => new ShardLeases(
            provider.GetRequiredService<RedisClient>(), provider.GetRequiredService<LeaseHolder>(),
            provider.GetRequiredService<StreamOptions>()));
        services.AddSingleton<LogMarks>();
        services.AddSingleton(
            provider => ActivatorUtilities.CreateInstance<LogGuard>(
                provider, Reader(provider, provider.GetRequiredService<RedisClient>())));
        services.AddSingleton(
            provider => ActivatorUtilities.CreateInstance<ShardRecovery>(
                provider, Reader(provider, provider.GetRequiredService<RedisClient>())));
        services.AddSingleton<LogRebuild>();
        services.AddCommitObserver<ShardOwnership>();
        services.AddSingleton<ReplyPublisher>();
        services.AddSingleton<ShardLanes>();
        services.AddSingleton(
            provider => ActivatorUtilities.CreateInstance<LogReading>(
                provider, Reader(provider, provider.GetRequiredService<BlockingClients>().Create())));
        services.AddSingleton<RunEnding>();
        services.AddSingleton<LogConsumer>();
        services.AddHostedService(provider => provider.GetRequiredService<ReplyPublisher>());
        services.AddHostedService<ReplyReader>();
        services.AddHostedService<LogTrimmer>();
        return services.AddHostedService(provider => provider.GetRequiredService<LogConsumer>());
    }

    private static ShardReader Reader(IServiceProvider provider, RedisClient redis) =>
        new(redis, provider.GetRequiredService<StreamOptions>(), provider.GetRequiredService<TimeProvider>());
}

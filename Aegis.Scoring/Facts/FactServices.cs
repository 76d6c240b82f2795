using Aegis.Scoring.Commits;

namespace Aegis.Scoring.Facts;

/// <summary>Registers the services that gather and merge facts.</summary>
internal static class FactServices
{
    /// <summary>Registers the versions that shards read, the keeper that merges them, and the clock that appends barriers.</summary>
    public static IServiceCollection AddFacts(this IServiceCollection services)
    {
        services.AddCommitObserver<FactVersions>();
        services.AddSingleton<FactMetrics>();
        services.AddSingleton<FactKeeper>();
        return services.AddHostedService<FactClock>();
    }
}

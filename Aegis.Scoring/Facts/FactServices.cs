using Aegis.Scoring.Commits;

namespace Aegis.Scoring.Facts;

/// <summary>Registers what gathers and merges facts.</summary>
internal static class FactServices
{
    /// <summary>The versions that shards read, who merges them, and the clock that appends barriers.</summary>
    public static IServiceCollection AddFacts(this IServiceCollection services)
    {
        services.AddCommitObserver<FactVersions>();
        services.AddSingleton<FactKeeper>();
        return services.AddHostedService<FactClock>();
    }
}

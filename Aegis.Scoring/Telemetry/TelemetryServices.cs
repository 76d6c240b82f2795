using Aegis.Scoring.Commits;

namespace Aegis.Scoring.Telemetry;

/// <summary>Registers the observers of decisions.</summary>
internal static class TelemetryServices
{
    /// <summary>Registers statistics, traces and the live feed.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddSingleton(_ => new ScoringTelemetry(ScoringTelemetry.Name));
        services.AddCommitObserver<LiveStatistics>();
        services.AddCommitObserver<TransactionTracer>();
        services.AddCommitObserver<LiveFeedPublisher>();
        return services.AddHostedService(provider => provider.GetRequiredService<LiveFeedPublisher>());
    }
}

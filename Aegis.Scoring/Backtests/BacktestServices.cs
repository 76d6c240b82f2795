namespace Aegis.Scoring.Backtests;

/// <summary>Registers backtests.</summary>
internal static class BacktestServices
{
    /// <summary>Registers the runner.</summary>
    public static IServiceCollection AddBacktests(this IServiceCollection services)
    {
        services.AddSingleton<BacktestRunner>();
        return services.AddHostedService(provider => provider.GetRequiredService<BacktestRunner>());
    }
}

namespace Aegis.Scoring.Backtests;

/// <summary>Registers backtests and suites.</summary>
internal static class BacktestServices
{
    /// <summary>Registers what runs them.</summary>
    public static IServiceCollection AddBacktests(this IServiceCollection services)
    {
        services.AddSingleton<SuiteRunner>();
        services.AddSingleton<BacktestRunner>();
        return services.AddHostedService(provider => provider.GetRequiredService<BacktestRunner>());
    }
}

namespace Aegis.Scoring.Cases;

/// <summary>Registers cases and verdicts.</summary>
internal static class CaseServices
{
    /// <summary>Registers the desk, the gathering of alerts, and the labels of verdicts.</summary>
    public static IServiceCollection AddCases(this IServiceCollection services)
    {
        services.AddSingleton<CaseOdds>();
        services.AddSingleton<CaseDesk>();
        services.AddSingleton<CaseGathering>();
        services.AddHostedService(provider => provider.GetRequiredService<CaseGathering>());
        return services.AddHostedService<VerdictLabels>();
    }
}

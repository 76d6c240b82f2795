using Aegis.Scoring.Models.Choosing;

namespace Aegis.Scoring.Models;

/// <summary>Registers the model bundles and the services that bring them into force.</summary>
internal static class ModelServices
{
    /// <summary>Registers the bundles, their control, and the renewal of calibration.</summary>
    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.AddSingleton<ModelRegistry>();
        services.AddSingleton<ReasonsOnRequest>();
        services.AddSingleton<ModelControl>();
        services.AddSingleton<Revisions>();
        services.AddSingleton<RuleLife>();
        services.AddSingleton<ListControl>();
        services.AddSingleton<BudgetControl>();
        services.AddSingleton<CalibrationRenewal>();
        services.AddSingleton<ModelChoosing>();
        services.AddHostedService<ConfiguredModel>();
        return services.AddHostedService<CalibrationClock>();
    }
}

namespace Aegis.Scoring.Models;

/// <summary>Registers the model bundles and what brings them into force.</summary>
internal static class ModelServices
{
    /// <summary>The bundles, how one comes into force, and the renewal of calibration.</summary>
    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.AddSingleton<ModelRegistry>();
        services.AddSingleton<ReasonsOnRequest>();
        services.AddSingleton<ModelControl>();
        services.AddSingleton<CalibrationRenewal>();
        services.AddHostedService<ConfiguredModel>();
        return services.AddHostedService<CalibrationClock>();
    }
}

using Aegis.Streams.Volumes;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Aegis.Scoring.Volumes;

/// <summary>Registers the watch over free space.</summary>
internal static class VolumeServices
{
    /// <summary>Registers the volumes, their watch and their health.</summary>
    public static IServiceCollection AddVolumes(this IServiceCollection services)
    {
        services.TryAddSingleton<IVolumes, MountedVolumes>();
        services.AddSingleton<WatchedVolumes>();
        services.AddHealthChecks().AddCheck<VolumeHealthCheck>("volumes");
        return services.AddHostedService<VolumeWatch>();
    }
}

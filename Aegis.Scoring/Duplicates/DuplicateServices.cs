using Aegis.Scoring.Storage;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Duplicates;

/// <summary>Registers the services that recognise a transaction met before.</summary>
internal static class DuplicateServices
{
    /// <summary>Registers the ids of this process's shards, those of other processes, and old ids.</summary>
    public static IServiceCollection AddDuplicates(this IServiceCollection services)
    {
        services.AddSingleton(provider => new RecentIds(provider.GetRequiredService<IOptions<ScoringOptions>>().Value.RememberedIds));
        services.AddSingleton<IOldIds, OldIds>();
        services.AddSingleton<OldIdCheck>();
        services.AddSingleton<OtherShards>();
        return services.AddSingleton<IForeignCommits>(provider => provider.GetRequiredService<OtherShards>());
    }
}

using Aegis.Scoring.Storage;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Duplicates;

/// <summary>Registers what recognises a transaction that was met before.</summary>
internal static class DuplicateServices
{
    /// <summary>The ids of this process's shards, those of other processes, and old ones.</summary>
    public static IServiceCollection AddDuplicates(this IServiceCollection services)
    {
        services.AddSingleton(provider => new RecentIds(provider.GetRequiredService<IOptions<ScoringOptions>>().Value.RememberedIds));
        services.AddSingleton<IOldIds, OldIds>();
        services.AddSingleton<OldIdCheck>();
        services.AddSingleton<OtherShards>();
        return services.AddSingleton<IForeignCommits>(provider => provider.GetRequiredService<OtherShards>());
    }
}

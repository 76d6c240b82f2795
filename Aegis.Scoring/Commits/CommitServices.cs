namespace Aegis.Scoring.Commits;

/// <summary>Registers the parts of a commit and its observers.</summary>
internal static class CommitServices
{
    /// <summary>Registers the pool of blocks.</summary>
    public static IServiceCollection AddCommits(this IServiceCollection services) => services.AddSingleton<BlockPool>();

    /// <summary>Registers a singleton that is told of commits. Observers are told in the order of registration.</summary>
    public static IServiceCollection AddCommitObserver<T>(this IServiceCollection services)
        where T : class, ICommitObserver =>
        services.AddSingleton<T>().AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<T>());
}

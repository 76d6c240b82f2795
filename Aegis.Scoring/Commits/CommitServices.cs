namespace Aegis.Scoring.Commits;

/// <summary>Registers what a commit is made of, and who observes it.</summary>
internal static class CommitServices
{
    /// <summary>The blocks.</summary>
    public static IServiceCollection AddCommits(this IServiceCollection services) => services.AddSingleton<BlockPool>();

    /// <summary>A singleton that is told of commits, in the order of registration.</summary>
    public static IServiceCollection AddCommitObserver<T>(this IServiceCollection services)
        where T : class, ICommitObserver =>
        services.AddSingleton<T>().AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<T>());
}

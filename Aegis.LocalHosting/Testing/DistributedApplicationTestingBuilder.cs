namespace Aspire.Hosting.Testing;

/// <summary>An application made from an AppHost's Program, for a test.</summary>
public interface IDistributedApplicationTestingBuilder
{
    /// <summary>The application, ready to start.</summary>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}

/// <summary>Runs AppHosts in tests.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Runs the Program of the assembly that holds <typeparamref name="TEntryPoint"/> up to where its application is built.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class =>
        Task.Run<IDistributedApplicationTestingBuilder>(() => new Builder(new AppHostInterceptor(typeof(TEntryPoint).Assembly).Run(args)), cancellationToken);

    private sealed class Builder(DistributedApplication application) : IDistributedApplicationTestingBuilder
    {
        public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken) => Task.FromResult(application);
    }
}

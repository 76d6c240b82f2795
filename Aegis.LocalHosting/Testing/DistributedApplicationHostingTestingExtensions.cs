using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Testing;

/// <summary>Reaches a running application from a test.</summary>
public static class DistributedApplicationHostingTestingExtensions
{
    /// <summary>A client of a resource's endpoint.</summary>
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        var endpoint = Find<ProcessResource>(app, resourceName).Endpoints.First(e => endpointName is null || e.Name == endpointName);
#pragma warning disable RS0030 // A test owns its client; there is no factory.
        return new HttpClient { BaseAddress = new Uri($"http://localhost:{endpoint.Port}") };
#pragma warning restore RS0030
    }

    /// <summary>A resource's connection string.</summary>
    public static ValueTask<string?> GetConnectionStringAsync(this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        return ValueTask.FromResult<string?>(Find<RedisResource>(app, resourceName).ConnectionString);
    }

    private static T Find<T>(DistributedApplication app, string name)
        where T : ProcessResource =>
        app.Runners.Select(r => r.Resource).OfType<T>().FirstOrDefault(r => r.Name == name)
            ?? throw new ArgumentException($"There is no such resource '{name}'; there are {string.Join(", ", app.Runners.Select(r => r.Name))}.", nameof(name));
}

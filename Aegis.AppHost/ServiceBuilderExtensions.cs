using Aegis.AppHost.Supervision;

namespace Aegis.AppHost;

/// <summary>Settings that all services of the application share.</summary>
internal static class ServiceBuilderExtensions
{
    /// <summary>Adds a project without launch profile. It exports metrics every 5 s and waits at most 1 s for the collector.</summary>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(
        this IDistributedApplicationBuilder builder, string name, string icon)
        where TProject : IProjectMetadata, new() =>
        builder.AddProject<TProject>(name, launchProfileName: null)
            // Services listen on loopback without TLS, so Aspire need not ask for a development certificate.
            .WithoutHttpsCertificate()
            .WithIconName(icon)
            .WithEnvironment("OTEL_EXPORTER_OTLP_TIMEOUT", "1000")
            .WithEnvironment("OTEL_METRIC_EXPORT_INTERVAL", "5000");

    /// <summary>Makes the service listen on a fixed port without a proxy, and names its address.</summary>
    public static IResourceBuilder<ProjectResource> WithEndpointAt(
        this IResourceBuilder<ProjectResource> service, int port, string title, string path) =>
        service.WithHttpEndpoint(port: port, name: "http", isProxied: false)
            .WithHttpHealthCheck("/health")
            .WithExternalHttpEndpoints()
            .WithUrlForEndpoint("http", url => (url.DisplayText, url.Url) = (title, path));

    /// <summary>Makes the service wait until training has made a model. If an earlier run made it, training waits for a
    /// command instead.</summary>
    public static IResourceBuilder<ProjectResource> WaitForModel(
        this IResourceBuilder<ProjectResource> service, IResourceBuilder<ProjectResource> training, bool isThere)
    {
        if (!isThere)
        {
            return service.WaitForCompletion(training);
        }

        training.WithExplicitStart();
        return service;
    }

    /// <summary>Tells scoring where the log's files lie, if a server of our own keeps them.</summary>
    public static IResourceBuilder<ProjectResource> WithFilesOf(
        this IResourceBuilder<ProjectResource> scoring, IResourceBuilder<IResourceWithConnectionString> redis) =>
        redis.Resource.TryGetLastAnnotation<FileFolder>(out var files)
            ? scoring.WithEnvironment("Scoring__RedisFolder", files.Path)
            : scoring;

    /// <summary>Sets environment variables; leaves out those with a null value.</summary>
    public static IResourceBuilder<ProjectResource> WithSettings(
        this IResourceBuilder<ProjectResource> service, IEnumerable<(string Name, string? Value)> settings)
    {
        foreach (var (name, value) in settings.Where(setting => setting.Value is not null))
        {
            service.WithEnvironment(name, value);
        }

        return service;
    }
}

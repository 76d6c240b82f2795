namespace Aegis.AppHost;

/// <summary>What all services of the diagram have alike.</summary>
internal static class ServiceBuilderExtensions
{
    /// <summary>Adds a project as it is: no launch profile, telemetry sent soon, no long wait for a collector that has gone.</summary>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(
        this IDistributedApplicationBuilder builder, string name, string icon)
        where TProject : IProjectMetadata, new() =>
        builder.AddProject<TProject>(name, launchProfileName: null)
            // On loopback, without TLS: Aspire need not ask for a development certificate.
            .WithoutHttpsCertificate()
            .WithIconName(icon)
            .WithEnvironment("OTEL_EXPORTER_OTLP_TIMEOUT", "1000")
            .WithEnvironment("OTEL_METRIC_EXPORT_INTERVAL", "5000");

    /// <summary>Listens on a port of its own, without a proxy before it, and shows one named address.</summary>
    public static IResourceBuilder<ProjectResource> WithEndpointAt(
        this IResourceBuilder<ProjectResource> service, int port, string title, string path) =>
        service.WithHttpEndpoint(port: port, name: "http", isProxied: false)
            .WithHttpHealthCheck("/health")
            .WithExternalHttpEndpoints()
            .WithUrlForEndpoint("http", url => (url.DisplayText, url.Url) = (title, path));

    /// <summary>Waits until training has made a model; where an earlier run has made it, training waits for a command instead.</summary>
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

    /// <summary>Sets environment variables; a null leaves one unset.</summary>
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

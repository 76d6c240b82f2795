using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Configures resources of any kind.</summary>
public static class ResourceBuilderExtensions
{
    /// <summary>Sets an environment variable.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment => builder.Configure(process => process.Environment.Add(variables => variables[name] = value ?? ""));

    /// <summary>Sets an environment variable to a parameter's value.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> parameter)
        where T : IResourceWithEnvironment => builder.Configure(process => process.Environment.Add(variables => variables[name] = parameter.Resource.Value()));

    /// <summary>Adds arguments to the command line.</summary>
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params string[] args)
        where T : IResourceWithArgs => builder.Configure(process => process.Arguments.AddRange(args));

    /// <summary>Hands over a connection string, as <c>ConnectionStrings__name</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment => builder.Configure(process => process.Environment.Add(
            variables => variables[$"ConnectionStrings__{connectionName ?? source.Resource.Name}"] = ((RedisResource)source.Resource).ConnectionString));

    /// <summary>Hands over where a service listens, as <c>services__name__endpoint__index</c>, one index a replica.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment => builder.Configure(process => process.Environment.Add(variables =>
        {
            var service = (ProcessResource)source.Resource;
            foreach (var endpoint in service.Endpoints)
            {
                for (var replica = 0; replica < service.Replicas; replica++)
                {
                    variables[$"services__{service.Name}__{endpoint.Name}__{replica}"] = $"http://localhost:{endpoint.PortOf(replica)}";
                }
            }
        }));

    /// <summary>Starts only once another resource is healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Configure(process => process.Waits.Add(((ProcessResource)dependency.Resource, false, 0)));

    /// <summary>Starts only once another resource has ended with an exit code.</summary>
    public static IResourceBuilder<T> WaitForCompletion<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport => builder.Configure(process => process.Waits.Add(((ProcessResource)dependency.Resource, true, exitCode)));

    /// <summary>Listens for HTTP on a port of this machine.</summary>
    /// <exception cref="DistributedApplicationException">No port is given: without a proxy there is nothing to pick one.</exception>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool isProxied = true)
        where T : IResourceWithEndpoints => builder.Configure(process => process.Endpoints.Add(new EndpointOptions(
            name ?? "http", port ?? targetPort ?? throw new DistributedApplicationException($"Endpoint '{name ?? "http"}' of '{process.Name}' has no port; allowed: 1 to 65535."))));

    /// <summary>Shows the endpoints to whoever starts the application.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints => builder.Configure(process => process.Endpoints.ForEach(endpoint => endpoint.IsExternal = true));

    /// <summary>Is healthy while a path answers 200.</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints => builder.Configure(process => process.HealthPath = path ?? "/");

    internal static IResourceBuilder<T> Configure<T>(this IResourceBuilder<T> builder, Action<ProcessResource> configure)
        where T : IResource
    {
        configure((ProcessResource)(IResource)builder.Resource);
        return builder;
    }
}

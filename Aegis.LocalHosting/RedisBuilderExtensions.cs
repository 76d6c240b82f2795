using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds Redis.</summary>
public static class RedisBuilderExtensions
{
    /// <summary>Adds a private redis-server (else valkey-server) on loopback, with a password.</summary>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var redis = new RedisResource(name, password?.Resource ?? throw new DistributedApplicationException($"Redis '{name}' has no password parameter."));
        redis.Endpoints.Add(new EndpointOptions("tcp", port ?? 6379));
        ((DistributedApplicationBuilder)builder).Resources.Add(redis);
        return new ResourceBuilder<RedisResource>(builder, redis);
    }

    /// <summary>Keeps its data in a folder below <c>Aspire:Store:Path</c>.</summary>
    public static IResourceBuilder<RedisResource> WithDataVolume(this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
    {
        var store = builder.ApplicationBuilder.Configuration["Aspire:Store:Path"] ?? Path.Combine(builder.ApplicationBuilder.AppHostDirectory, "obj", ".aspire");
        builder.Resource.DataFolder = Path.GetFullPath(Path.Combine(store, name ?? builder.Resource.Name));
        return builder;
    }
}

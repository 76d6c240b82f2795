using Aegis.Streams.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Aegis.AppHost;

/// <summary>Adds the Redis that holds the log, in one of three shapes that look alike to everybody else.</summary>
internal static class RedisLog
{
    /// <summary>What makes Redis accept a transaction only once it is on disk.</summary>
    private static readonly string[] Durable = ["--appendonly", "yes", "--appendfsync", "always"];

    /// <exception cref="DistributedApplicationException">There is neither a server nor a container runtime, or the one asked for is
    /// missing.</exception>
    public static IResourceBuilder<IResourceWithConnectionString> AddLog(
        this IDistributedApplicationBuilder builder, string name, UpOptions up, DataFolder data)
    {
        if (RedisShape.IsConnection(up.Redis))
        {
            builder.Configuration[$"ConnectionStrings:{name}"] = up.Redis;
            return builder.AddConnectionString(name).WithIconName("Database").WithRedisCheck(builder, name);
        }

        if (up.Redis is RedisShape.Auto or RedisShape.Server && RedisShape.FindServer() is { } program)
        {
            return builder.AddServer(name, program, up, data).WithRedisCheck(builder, name);
        }

        if (up.Redis is RedisShape.Auto or RedisShape.Container && RedisShape.FindRuntime() is { } runtime)
        {
            return builder.AddContainer(name, runtime, up, data);
        }

        throw new DistributedApplicationException(up.Redis switch
        {
            RedisShape.Server => "--redis is 'server', but neither redis-server nor valkey-server is installed. On Debian: sudo apt-get install redis-server",
            RedisShape.Container => "--redis is 'container', but no container runtime answers ('docker version' and 'podman version' fail). Start one, or install redis-server.",
            _ => "There is no Redis: neither redis-server nor valkey-server is installed, and no container runtime answers. On Debian: sudo apt-get install redis-server",
        });
    }

    private static IResourceBuilder<RedisServerResource> AddServer(
        this IDistributedApplicationBuilder builder, string name, string program, UpOptions up, DataFolder data)
    {
        var password = builder.AddParameter($"{name}-password", data.RedisPassword, secret: true);
        return builder.AddResource(new RedisServerResource(name, program, data.Redis, password.Resource))
            .WithIconName("Database")
            .WithEndpoint(port: up.RedisPort, scheme: "tcp", name: RedisServerResource.EndpointName, isProxied: false)
            // The password stands in a file that only its owner reads: arguments are seen by everybody.
            .WithArgs([data.RedisSettings, "--bind", "127.0.0.1", "--port", $"{up.RedisPort}", "--dir", data.Redis, "--save", "",
                .. Durable]);
    }

    private static IResourceBuilder<RedisResource> AddContainer(
        this IDistributedApplicationBuilder builder, string name, string runtime, UpOptions up, DataFolder data)
    {
        builder.Configuration["ASPIRE_CONTAINER_RUNTIME"] ??= runtime;
        var password = builder.AddParameter($"{name}-password", data.RedisPassword, secret: true);
        return builder.AddRedis(name, up.RedisPort, password)
            // On loopback, and the command-line tools speak to it too: a development certificate would only be in their way.
            .WithoutHttpsCertificate()
            .WithDataVolume(data.RedisVolume)
            .WithArgs([.. Durable]);
    }

    /// <summary>Healthy once it answers a PING; Redis in a container brings its own such check.</summary>
    private static IResourceBuilder<T> WithRedisCheck<T>(
        this IResourceBuilder<T> redis, IDistributedApplicationBuilder builder, string name)
        where T : IResourceWithConnectionString
    {
        var check = $"{name}-ping";
        var connection = new Lazy<IConnectionMultiplexer>(() => ConnectionMultiplexer.Connect(RedisSettings.Parse(
            redis.Resource.GetConnectionStringAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult()
                ?? throw new DistributedApplicationException($"'{name}' has no connection string."))));
        builder.Services.AddHealthChecks().AddRedis(_ => connection.Value, check);
        return redis.WithHealthCheck(check);
    }
}

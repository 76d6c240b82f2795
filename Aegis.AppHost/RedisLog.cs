using Aegis.AppHost.Supervision;
using Aegis.Streams.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Aegis.AppHost;

/// <summary>Adds the Redis that holds the log: a server, a container or a connection. The other resources see no difference.</summary>
internal static class RedisLog
{
    /// <summary>Makes Redis acknowledge a transaction only once it is on disk.</summary>
    private static readonly string[] Durable = ["--appendonly", "yes", "--appendfsync", "always"];

    /// <exception cref="DistributedApplicationException">Neither a server nor a container runtime is there, or the one
    /// asked for is missing.</exception>
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
            .WithAnnotation(new FileFolder(data.Redis))
            .WithEndpoint(port: up.RedisPort, scheme: "tcp", name: RedisServerResource.EndpointName, isProxied: false)
            // Everybody can see a process's arguments, so the password is in a file that only its owner reads.
            .WithArgs([data.RedisSettings, "--bind", "127.0.0.1", "--port", $"{up.RedisPort}", "--dir", data.Redis, "--save", "",
                .. Durable]);
    }

    private static IResourceBuilder<RedisResource> AddContainer(
        this IDistributedApplicationBuilder builder, string name, string runtime, UpOptions up, DataFolder data)
    {
        builder.Configuration["ASPIRE_CONTAINER_RUNTIME"] ??= runtime;
        var password = builder.AddParameter($"{name}-password", data.RedisPassword, secret: true);
        return builder.AddRedis(name, up.RedisPort, password)
            // Redis listens on loopback and command-line tools use it too: a development certificate would only get in their way.
            .WithoutHttpsCertificate()
            .WithDataVolume(data.RedisVolume)
            .WithArgs([.. Durable]);
    }

    /// <summary>Adds a health check that sends PING; Redis in a container already has one.</summary>
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

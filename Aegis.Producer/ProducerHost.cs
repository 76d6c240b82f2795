using Aegis.ServiceDefaults;
using Aegis.Streams;
using Aegis.Streams.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aegis.Producer;

/// <summary>Configuration, logs, and one connection to the log.</summary>
internal sealed class ProducerHost : IAsyncDisposable
{
    private readonly IHost _host;

    private ProducerHost(IHost host) => _host = host;

    /// <summary>Appends to the log.</summary>
    public required TransactionLog Log { get; init; }

    /// <summary>Tells watchers that the run is over.</summary>
    public required LiveFeed Feed { get; init; }

    /// <summary>The service's settings.</summary>
    public IConfiguration Configuration => _host.Services.GetRequiredService<IConfiguration>();

    /// <summary>For the producer's own messages.</summary>
    public ILogger<TransactionProducer> Logger => _host.Services.GetRequiredService<ILogger<TransactionProducer>>();

    /// <summary>Starts logs and telemetry; connects when first used.</summary>
    public static async Task<ProducerHost> StartAsync(CancellationToken cancel)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddServiceDefaults("Aegis.Producer");
        var connection = builder.Configuration.GetConnectionString("redis")
            ?? throw new ArgumentException("ConnectionStrings__redis is missing; allowed: host:port,password=... of the Redis that holds the log.");
        var endpoint = RedisEndpoint.Parse(connection);
        var streams = builder.Configuration.GetSection(StreamOptions.Section).Get<StreamOptions>() ?? new StreamOptions();
        builder.Services.AddSingleton(services => new RedisClient(endpoint, TimeProvider.System, services.GetRequiredService<ILogger<RedisClient>>()));
        var host = builder.Build();
        await host.StartAsync(cancel);
        var redis = host.Services.GetRequiredService<RedisClient>();
        return new ProducerHost(host) { Log = new TransactionLog(redis, streams), Feed = new LiveFeed(redis, streams) };
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await _host.Services.GetRequiredService<RedisClient>().DisposeAsync();
        _host.Dispose();
    }
}

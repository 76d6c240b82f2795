using Aegis.ServiceDefaults;
using Aegis.Streams;
using Aegis.Streams.Redis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aegis.Producer;

/// <summary>Configuration, logs, one connection to the log, and a door for operators.</summary>
internal sealed class ProducerHost : IAsyncDisposable
{
    private readonly WebApplication _host;

    private ProducerHost(WebApplication host) => _host = host;

    /// <summary>Appends to the log.</summary>
    public required TransactionLog Log { get; init; }

    /// <summary>Tells watchers that the run is over.</summary>
    public required LiveFeed Feed { get; init; }

    /// <summary>What operators ask for.</summary>
    public ProducerControl Control => _host.Services.GetRequiredService<ProducerControl>();

    /// <summary>For the producer's own messages.</summary>
    public ILogger<TransactionProducer> Logger => _host.Services.GetRequiredService<ILogger<TransactionProducer>>();

    /// <summary>Starts logs, telemetry and the operators' door, on any free port of loopback unless one is configured; connects to the log when first used.</summary>
    public static async Task<ProducerHost> StartAsync(bool isSimulating, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null)
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        }

        builder.Services.AddSingleton<ProducerControl>();
        builder.AddServiceDefaults("Aegis.Producer");
        var connection = builder.Configuration.GetConnectionString("redis")
            ?? throw new ArgumentException("ConnectionStrings__redis is missing; allowed: host:port,password=... of the Redis that holds the log.");
        var endpoint = RedisEndpoint.Parse(connection);
        var streams = builder.Configuration.GetSection(StreamOptions.Section).Get<StreamOptions>() ?? new StreamOptions();
        builder.Services.AddSingleton(services => new RedisClient(endpoint, TimeProvider.System, services.GetRequiredService<ILogger<RedisClient>>()));
        var host = builder.Build();
        host.MapDefaultEndpoints();
        host.MapControl(isSimulating);
        await host.StartAsync(cancel);
        var redis = host.Services.GetRequiredService<RedisClient>();
        return new ProducerHost(host) { Log = new TransactionLog(redis, streams), Feed = new LiveFeed(redis, streams) };
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await _host.DisposeAsync();
    }
}

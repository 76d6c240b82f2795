using Aegis.Core.Transactions;
using Aegis.ServiceDefaults;
using Aegis.Streams;
using Aegis.Streams.Appending;
using Aegis.Streams.Ingestions;
using Aegis.Streams.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aegis.Producer;

/// <summary>The producer's host: configuration, logs, one connection to the log, and endpoints for operators.</summary>
internal sealed class ProducerHost : IAsyncDisposable
{
    private readonly WebApplication _host;

    private ProducerHost(WebApplication host) => _host = host;

    /// <summary>Appends to the log.</summary>
    public TransactionLog Log => _host.Services.GetRequiredService<TransactionLog>();

    /// <summary>Tells watchers when the run ends.</summary>
    public LiveFeed Feed => _host.Services.GetRequiredService<LiveFeed>();

    /// <summary>Takes the counts of a replay.</summary>
    public IngestionReports Ingestions => _host.Services.GetRequiredService<IngestionReports>();

    /// <summary>What operators have asked for.</summary>
    public ProducerControl Control => _host.Services.GetRequiredService<ProducerControl>();

    /// <summary>Logs the producer's own messages.</summary>
    public ILogger<TransactionProducer> Logger => _host.Services.GetRequiredService<ILogger<TransactionProducer>>();

    /// <summary>Starts logs, telemetry and the operators' endpoints, on any free port of loopback unless one is
    /// configured. Connects to the log at its first use.</summary>
    public static async Task<ProducerHost> StartAsync(bool isSimulating, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null)
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        }

        builder.Services.AddSingleton<ProducerControl>();
        builder.AllowLoopbackHosts();
        builder.AddServiceDefaults("Aegis.Producer", InputMetrics.MeterName);
        builder.AddStreams();
        var host = builder.Build();
        host.UseOwnOriginOnly();
        host.MapDefaultEndpoints();
        host.MapControl(isSimulating);
        await host.StartAsync(cancel);
        return new ProducerHost(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await _host.DisposeAsync();
    }
}

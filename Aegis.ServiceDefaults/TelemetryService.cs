using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Aegis.ServiceDefaults;

/// <summary>Owns the OpenTelemetry SDK: starts it with the host and flushes it at the end.</summary>
internal sealed class TelemetryService(string[] sources) : IHostedService
{
    private OpenTelemetrySdk? _sdk;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _sdk = OpenTelemetrySdk.Create(builder => builder
            .WithTracing(tracing => tracing.AddSource([.. sources, "Microsoft.AspNetCore"]).SetSampler(new QuietHealthSampler()))
            .WithMetrics(metrics => metrics.AddMeter([.. sources, "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"]))
            .UseOtlpExporter());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _sdk?.Dispose();
        return Task.CompletedTask;
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Aegis.ServiceDefaults;

/// <summary>What all services share: telemetry, health, resilient and named HTTP calls, logging. Knows no Aegis type.</summary>
public static class ServiceDefaults
{
    /// <summary>Tag of the health checks that say whether the process itself works.</summary>
    public const string LiveTag = "live";

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);
    private const string HealthPath = "/health";
    private const string AlivePath = "/alive";

    /// <summary>Adds telemetry, health checks, service discovery, resilient HTTP clients and terse console logs.
    /// Telemetry is sent only if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="sources">Names of the service's own trace sources and meters.</param>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder, params string[] sources)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddTerseLogs();
        builder.AddTelemetry(sources);
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler(options =>
            {
                // Never repeat a request that changes something. If a local service stays away for longer, leave it to the caller.
                options.Retry.DisableForUnsafeHttpMethods();
                options.Retry.Delay = RetryPause;
            });
            http.AddServiceDiscovery();
        });
        return builder;
    }

    /// <summary>Maps <c>/health</c> (everything) and <c>/alive</c> (the process itself).</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapHealthChecks(HealthPath, new HealthCheckOptions { ResponseWriter = HealthReportWriter.WriteAsync });
        app.MapHealthChecks(
            AlivePath, new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag),
            ResponseWriter = HealthReportWriter.WriteAsync });
        return app;
    }

    private static void AddTerseLogs(this IHostApplicationBuilder builder)
    {
        builder.Logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.TimestampFormat = "HH:mm:ss.fff ";
        });
        foreach (var chatty in new[] { "Microsoft.AspNetCore", "Microsoft.Extensions.Http", "System.Net.Http", "StackExchange.Redis" })
        {
            builder.Logging.AddFilter(chatty, LogLevel.Warning);
        }

        // Each caller logs itself what it could not reach, and the health endpoint says what is wrong.
        foreach (var answered in new[] { "Polly", "Microsoft.Extensions.Diagnostics.HealthChecks" })
        {
            builder.Logging.AddFilter(answered, LogLevel.Critical);
        }
    }

    private static void AddTelemetry(this IHostApplicationBuilder builder, string[] sources)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        builder.Logging.AddOpenTelemetry(logging => (logging.IncludeFormattedMessage, logging.IncludeScopes) = (true, true));
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation()
                .AddMeter(sources))
            .WithTracing(tracing => tracing
                .SetSampler(new ParentBasedSampler(new ServedTraces()))
                .AddSource(sources)
                // Health probes would drown the rest.
                .AddAspNetCoreInstrumentation(
                    options => options.Filter = context =>
                    !context.Request.Path.StartsWithSegments(HealthPath) && !context.Request.Path.StartsWithSegments(AlivePath))
                .AddHttpClientInstrumentation())
            .UseOtlpExporter();
    }
}

using Aegis.Streams.Volumes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aegis.AppHost.Supervision;

/// <summary>Watches a run: prints its state, restarts crashed resources, sets the exit code.</summary>
internal static class SupervisionExtensions
{
    /// <summary>Adds the watchers, and tells Aspire the ports of its dashboard.</summary>
    public static void AddSupervision(this IDistributedApplicationBuilder builder, UpOptions up, DataFolder data)
    {
        var configuration = builder.Configuration;
        configuration["Aspire:Store:Path"] = data.Root;
        configuration["ASPNETCORE_URLS"] = up.AspireDashboardUrl;
        configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = up.OtlpGrpcUrl;
        configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = up.OtlpHttpUrl;
        // Everything listens on loopback, which needs no certificate.
        configuration["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        configuration["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = "http://127.0.0.1:0";
        // The application counts as stopped only when every process has gone.
        configuration["DcpPublisher:WaitForResourceCleanup"] = "true";
        builder.Services.AddLogging(
            logging => logging.AddFilter("Aspire.Hosting", LogLevel.Error).AddFilter("Microsoft", LogLevel.Warning)
                .AddFilter("System.Net.Http", LogLevel.Warning));

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(up);
        builder.Services.AddSingleton(data);
        builder.Services.AddSingleton<RunOutcome>();
        builder.Services.AddSingleton<ResourceTail>();
        builder.Services.AddSingleton<ReplaySummary>();
        builder.Services.AddHttpClient();
        builder.Services.AddSingleton<ModelLine>();
        builder.Services.AddSingleton<Addresses>();
        builder.Services.AddSingleton<StatusLines>();
        builder.Services.TryAddSingleton<IVolumes, MountedVolumes>();
        builder.Services.AddSingleton(Console.Out);
        builder.Services.AddSingleton<SpaceLine>();
        builder.Services.AddSingleton<SpaceWait>();
        builder.Services.AddSingleton<Restarter>();
        builder.Services.AddSingleton<StartRefusals>();
        builder.Services.AddSingleton<CrashRestarts>();
        builder.Eventing.Subscribe<BeforeStartEvent>((start, _) =>
        {
            start.Services.GetRequiredService<SpaceLine>().Say();
            // Start watching before any resource starts: a hosted service would miss the first events.
            start.Services.GetRequiredService<ResourceTail>()
                .Watch(start.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
            start.Services.GetRequiredService<StatusLines>().Watch();
            start.Services.GetRequiredService<CrashRestarts>().Watch();
            return Task.CompletedTask;
        });
    }

    /// <summary>Runs until Ctrl-C, SIGTERM, or a resource that others need cannot start.</summary>
    /// <returns>The exit code: 1 if a resource that others need could not start.</returns>
    public static int RunToEnd(this DistributedApplication application)
    {
        application.Run();
        return application.Services.GetRequiredService<RunOutcome>().HasFailed ? 1 : 0;
    }
}

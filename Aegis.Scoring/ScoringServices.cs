using System.Text.Json.Serialization;
using Aegis.Core.Decisions;
using Aegis.Scoring.Api;
using Aegis.Scoring.Backtests;
using Aegis.Scoring.Cases;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Scoring.Facts;
using Aegis.Scoring.Models;
using Aegis.Scoring.Notifications;
using Aegis.Scoring.Records;
using Aegis.Scoring.Shards;
using Aegis.Scoring.Storage;
using Aegis.Scoring.Telemetry;
using Aegis.Scoring.Volumes;
using Aegis.Scoring.Warmup;
using Aegis.ServiceDefaults;
using Aegis.Streams;

namespace Aegis.Scoring;

/// <summary>Puts the scoring service together.</summary>
internal static class ScoringServices
{
    /// <summary>The largest request body, in bytes.</summary>
    public const int MaxBodyBytes = 32 << 20;

    public static WebApplicationBuilder AddScoring(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[$"{ScoringOptions.Section}:{nameof(ScoringOptions.ApiKey)}"]))
        {
            builder.AllowLoopbackHosts();
        }
        else if (builder.Configuration["urls"] is { } urls)
        {
            // A key guards the API, so it may be reached from other machines.
            builder.WebHost.UseUrls(urls.Replace("localhost", "*", StringComparison.OrdinalIgnoreCase));
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.ConfigureEndpointDefaults(endpoint =>
            {
                var limit = endpoint.ApplicationServices.GetRequiredService<ConnectionLimit>();
                endpoint.Use(next => connection => limit.ServeAsync(connection, next));
            });
        });
        builder.Services.AddOptions<ScoringOptions>().BindConfiguration(ScoringOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            AegisJson.Configure(options.SerializerOptions);
            // A misspelt field must not be taken for none.
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            options.SerializerOptions.AllowDuplicateProperties = false;
        });
        builder.Services.AddProblemDetails();
        // Without this a body that is no such JSON is answered by a bare 400, which names no field.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddRequestDecompression();
        builder.Services.AddOpenApi();
        builder.AddStreams();
        // Services that may refuse to start come first. Observers of commits are told in this order, the store's own first.
        builder.Services.AddHostedService<EvictionGuard>();
        builder.Services.AddCommits().AddStorage().AddTelemetry().AddDuplicates().AddFacts().AddModels().AddCases()
            .AddBacktests().AddRecords().AddNotifications()
            .AddVolumes().AddApi().AddShards();
        builder.Services.AddHealthChecks().AddCheck<PipelineHealthCheck>("pipeline");
        return builder;
    }

    /// <summary>Adds the rehearsal. The service is healthy only once it has rehearsed its first payments.</summary>
    public static void AddRehearsal(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Rehearsal>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Rehearsal>());
        builder.Services.AddHealthChecks().AddCheck<Rehearsal>("rehearsal");
    }

    /// <summary>Maps guards, endpoints and health.</summary>
    public static void MapScoring(this WebApplication app)
    {
        app.UseProblems();
        app.UseStatusCodePages();
        app.UseOwnOriginOnly();
        app.UseApiKey();
        app.UseEncodedBodies();
        app.MapDefaultEndpoints();
        app.MapOpenApi();
        var api = app.MapGroup("").RefusesUnknownParameters().WithAudit();
        api.MapDecisions();
        api.MapFeatures();
        api.MapTransactions();
        api.MapLabels();
        api.MapDeadLetters();
        api.MapIngestions();
        api.MapControl();
        api.MapChoice();
        api.MapRates();
        api.MapRules();
        api.MapLists();
        api.MapSnoozes();
        api.MapBudget();
        api.MapRecords();
        api.MapSuites();
        api.MapChannels();
        api.MapAudit();
        api.MapCases();
        api.MapCaseFiles();
        api.MapVerdicts();
        api.MapBacktests();
        api.MapShards();
        api.MapLog();
    }
}

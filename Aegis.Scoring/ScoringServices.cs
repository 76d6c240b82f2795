using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Scoring.Api;
using Aegis.Scoring.Consumption;
using Aegis.Scoring.Facts;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;
using Aegis.Scoring.Telemetry;
using Aegis.Scoring.Warmup;
using Aegis.ServiceDefaults;
using Aegis.Streams;
using Aegis.Streams.Appending;
using Aegis.Streams.Leases;
using Aegis.Streams.Reading;
using Aegis.Streams.Redis;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring;

/// <summary>The service's parts.</summary>
internal static class ScoringServices
{
    /// <summary>The largest request body, in bytes.</summary>
    public const int LargestBody = 32 << 20;

    public static WebApplicationBuilder AddScoring(this WebApplicationBuilder builder)
    {
        if (!string.IsNullOrEmpty(builder.Configuration[$"{ScoringOptions.Section}:{nameof(ScoringOptions.ApiKey)}"]) && builder.Configuration["urls"] is { } urls)
        {
            // Guarded by a key, the API may be reached from elsewhere.
            builder.WebHost.UseUrls(urls.Replace("localhost", "*", StringComparison.OrdinalIgnoreCase));
        }

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LargestBody);
        builder.Services.AddOptions<ScoringOptions>().BindConfiguration(ScoringOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.ConfigureHttpJsonOptions(options => AegisJson.Configure(options.SerializerOptions));
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi();
        builder.AddStreams();
        builder.AddDecisions();
        builder.Services.AddHealthChecks().AddCheck<PipelineHealthCheck>("pipeline");
        return builder;
    }

    /// <summary>The service is healthy only once its first payments are rehearsed.</summary>
    public static void AddRehearsal(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Rehearsal>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Rehearsal>());
        builder.Services.AddHealthChecks().AddCheck<Rehearsal>("rehearsal");
    }

    /// <summary>Guards, endpoints and health.</summary>
    public static void MapScoring(this WebApplication app)
    {
        app.UseProblems();
        app.UseStatusCodePages();
        app.UseApiKey();
        app.MapDefaultEndpoints();
        app.MapOpenApi();
        app.MapDecisions();
        app.MapTransactions();
        app.MapLabels();
        app.MapDeadLetters();
        app.MapControl();
        app.MapShards();
    }

    private static void AddDecisions(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(provider => Store.Open(Options(provider).StorePath, provider.GetRequiredService<StreamOptions>().ShardCount));
        services.AddSingleton<RecentDecisions>();
        services.AddSingleton<DecisionIndex>();
        services.AddSingleton<DecisionStore>();
        services.AddSingleton<DeadLetterStore>();
        services.AddSingleton<DeadLetterDriver>();
        services.AddSingleton<SnapshotStore>();
        services.AddSingleton<LabelStore>();
        services.AddSingleton<LabelIntake>();
        services.AddSingleton<FactStore>();
        services.AddSingleton<FactVersions>();
        services.AddSingleton<FactKeeper>();
        services.AddSingleton<IndexBuilder>();
        services.AddSingleton<Retention>();
        services.AddSingleton<PatientReads>();
        services.AddSingleton<IOldIds, OldIds>();
        services.AddSingleton<ModelRegistry>();
        services.AddSingleton<ReasonsOnRequest>();
        services.AddSingleton<ModelControl>();
        services.AddSingleton<ReferencePayments>();
        services.AddSingleton<CalibrationRenewal>();
        services.AddSingleton(provider => new RecentIds(Options(provider).RememberedIds));
        services.AddSingleton<OtherShards>();
        services.AddSingleton<DecisionWaiters>();
        services.AddSingleton<SampleBudget>();
        services.AddSingleton<BlockPool>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ShardServices>(provider, provider.GetRequiredService<StreamOptions>().ShardCount));
        services.AddSingleton(provider => new LeaseHolder(Options(provider).Instance, Guid.NewGuid().ToString("N")));
        services.AddSingleton(provider => new ShardLeases(
            provider.GetRequiredService<RedisClient>(), provider.GetRequiredService<LeaseHolder>(), provider.GetRequiredService<StreamOptions>()));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ShardRecovery>(
            provider, Reader(provider, provider.GetRequiredService<RedisClient>())));
        services.AddSingleton<ShardOwnership>();
        services.AddSingleton(_ => new ScoringTelemetry(ScoringTelemetry.Name));
        services.AddSingleton<LiveStatistics>();
        services.AddSingleton<TransactionTracer>();
        services.AddSingleton<StoreWriter>();
        services.AddSingleton<RunEnding>();
        services.AddSingleton<TransactionAppender>();
        services.AddSingleton<RequestReader>();
        services.AddSingleton(provider => new CardTokeniser(TokenKeyFile.ReadOrCreate(Options(provider).TokenKeyPath)));
        services.AddSingleton<LiveFeedPublisher>();
        services.AddSingleton<ReplyPublisher>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<LogConsumer>(
            provider, Reader(provider, provider.GetRequiredService<BlockingClients>().Create())));
        services.AddHostedService<EvictionGuard>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveFeedPublisher>());
        services.AddHostedService(provider => provider.GetRequiredService<ReplyPublisher>());
        services.AddHostedService<ReplyReader>();
        services.AddHostedService<ConfiguredModel>();
        services.AddHostedService(provider => provider.GetRequiredService<CalibrationRenewal>());
        services.AddHostedService<StoreMaintenance>();
        services.AddHostedService<LogTrimmer>();
        services.AddHostedService<FactClock>();
        services.AddHostedService(provider => provider.GetRequiredService<LogConsumer>());
    }

    private static ShardReader Reader(IServiceProvider provider, RedisClient redis) =>
        new(redis, provider.GetRequiredService<StreamOptions>(), provider.GetRequiredService<TimeProvider>());

    private static ScoringOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<ScoringOptions>>().Value;
}

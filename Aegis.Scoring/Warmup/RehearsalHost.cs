using Aegis.Scoring.Shards;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Streams.Leases;
using Aegis.Streams.Reading;
using Aegis.Streams.Redis;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Data.Sqlite;
using OpenTelemetry.Trace;
using RedisKey = StackExchange.Redis.RedisKey;

namespace Aegis.Scoring.Warmup;

/// <summary>A second copy of the service in this process, with its own keys and folder. Nobody can reach or observe it.
/// What it leaves is deleted at its end, or at the next start.</summary>
internal sealed class RehearsalHost : IAsyncDisposable
{
    private const string TelemetryName = "Aegis.Scoring.Rehearsal";

    private readonly WebApplication _app;
    private readonly string _folder;

    private RehearsalHost(WebApplication app, string folder) => (_app, _folder) = (app, folder);

    /// <summary>Starts a copy.</summary>
    /// <param name="configuration">The service's configuration, with its model, its Redis and its shards.</param>
    /// <param name="time">The service's clock.</param>
    /// <param name="cancel">Ends the wait for Redis.</param>
    public static async Task<RehearsalHost> StartAsync(IConfiguration configuration, TimeProvider time, CancellationToken cancel)
    {
        var options = configuration.GetRequiredSection(ScoringOptions.Section).Get<ScoringOptions>()!;
        var folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(options.StorePath))!, $"rehearsal-{options.Instance}");
        Delete(folder);
        Directory.CreateDirectory(folder);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddConfiguration(configuration).AddInMemoryCollection(new Dictionary<string, string?>
        {
            [Key(nameof(ScoringOptions.StorePath))] = Path.Combine(folder, "aegis.db"),
            [Key(nameof(ScoringOptions.TokenKeyPath))] = Path.Combine(folder, "token.key"),
            [Key(nameof(ScoringOptions.RememberedIds))] = "100000",
            // Nobody's payments are refused here.
            [Key(nameof(ScoringOptions.ReserveMiB))] = "0",
        });
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IServer, NoServer>();
        builder.Services.AddRouting();
        builder.AddScoring();
        var redis = RedisSettings.Parse(configuration.GetConnectionString(StreamServices.ConnectionName)!);
        var prefix = $"aegis:rehearsal:{options.Instance}:";
        builder.Services.AddSingleton(_ => new RedisClient(redis, prefix));
        builder.Services.AddSingleton(_ => new BlockingClients(redis, prefix));
        builder.Services.AddSingleton(_ => new ScoringTelemetry(TelemetryName));
        // A listener makes the traces be built; it exports nothing.
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(TelemetryName));

        var host = new RehearsalHost(builder.Build(), folder);
        try
        {
            host._app.MapScoring();
            await host.DeleteKeysAsync(cancel);
            await host._app.StartAsync(cancel);
            return host;
        }
        catch
        {
            // Its connections and the services started so far would live on.
            await host._app.DisposeAsync();
            throw;
        }
    }

    /// <summary>True once it can decide.</summary>
    public bool IsReady => Get<LogConsumer>().IsReady;

    /// <summary>One of its services.</summary>
    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Calls an endpoint as a caller would, from the point where the request is routed.</summary>
    /// <param name="method">GET or POST.</param>
    /// <param name="pattern">The endpoint's pattern.</param>
    /// <param name="body">The body; empty for none.</param>
    /// <param name="id">The value of <c>{id}</c> in the pattern.</param>
    /// <exception cref="InvalidOperationException">The endpoint refuses the call.</exception>
    public async Task CallAsync(string method, string pattern, byte[] body, string? id = null)
    {
        var endpoint = ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Single(
            endpoint => endpoint.RoutePattern.RawText == pattern
                && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains(method));
        await using var scope = _app.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider,
            Request = { Method = method, ContentType = "application/json", ContentLength = body.Length, Body = new MemoryStream(body) } };
        context.Features.Set<IHttpRequestBodyDetectionFeature>(new HasBody(body.Length > 0));
        context.Request.RouteValues["id"] = id;
        context.SetEndpoint(endpoint);
        await endpoint.RequestDelegate!(context);
        if (context.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            throw new InvalidOperationException($"{method} {pattern} answered {context.Response.StatusCode}.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _app.StopAsync(CancellationToken.None);
            await DeleteKeysAsync(CancellationToken.None);
        }
        finally
        {
            using (var connection = Get<Store>().Connect())
            {
                SqliteConnection.ClearPool(connection);
            }

            await _app.DisposeAsync();
            Delete(_folder);
        }
    }

    private static string Key(string option) => $"{ScoringOptions.Section}:{option}";

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task DeleteKeysAsync(CancellationToken cancel)
    {
        var shards = Enumerable.Range(0, Get<StreamOptions>().ShardCount);
        List<RedisKey> keys = [StreamKeys.Live, StreamKeys.Members, StreamKeys.Replies(Get<LeaseHolder>().Instance), .. shards.Select(
            StreamKeys.Log), .. shards.Select(StreamKeys.Lease), .. shards.Select(StreamKeys.Mark)];
        // One command for each key: in a cluster the keys belong to many slots.
        await Get<RedisClient>().ExecuteAllAsync([.. keys.Select(key => new RedisCommand("UNLINK", key))], cancel);
    }

    private sealed record HasBody(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;

    /// <summary>A server that listens to nobody.</summary>
    private sealed class NoServer : IServer
    {
        /// <inheritdoc/>
        public IFeatureCollection Features { get; } = new FeatureCollection();

        /// <inheritdoc/>
        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        /// <inheritdoc/>
        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        /// <inheritdoc/>
        public void Dispose()
        {
        }
    }
}

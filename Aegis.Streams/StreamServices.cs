using Aegis.Core.Transactions;
using Aegis.Streams.Appending;
using Aegis.Streams.Ingestions;
using Aegis.Streams.Live;
using Aegis.Streams.Reading;
using Aegis.Streams.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Aegis.Streams;

/// <summary>Registers the log and the live feed, over the Redis that the connection string <c>redis</c> names.</summary>
public static class StreamServices
{
    /// <summary>The name of the connection string.</summary>
    public const string ConnectionName = "redis";

    /// <summary>Adds the options, one connection for commands, and the services built on it. A reader that blocks takes
    /// its own connection from <see cref="BlockingClients"/>.</summary>
    /// <exception cref="FormatException">There is no connection string, or it is wrong.</exception>
    public static void AddStreams(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var text = builder.Configuration.GetConnectionString(ConnectionName)
            ?? throw new FormatException(
                $"ConnectionStrings:{ConnectionName} is missing; allowed: host:port,password=... of the Redis that holds the log.");
        var blocking = RedisSettings.Parse(text);
        builder.AddCodes();
        builder.AddRedisClient(
            ConnectionName,
            // The service's own health check tells what a lost connection means to it.
            settings => (settings.ConnectionString, settings.DisableHealthChecks) = (RedisSettings.StandardPart(text), true),
            options => RedisSettings.Apply(options, text));

        var services = builder.Services;
        services.AddOptions<StreamOptions>().BindConfiguration(StreamOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<StreamOptions>>().Value);
        services.AddSingleton(provider => new RedisClient(provider.GetRequiredService<IConnectionMultiplexer>()));
        services.AddSingleton(_ => new BlockingClients(blocking));
        services.AddSingleton<TransactionLog>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<IngestionReports>();
    }

    /// <summary>Takes the operator's codes before anything reads a payment. If one is wrong, the start ends with what is.</summary>
    private static void AddCodes(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<CodeOptions>().BindConfiguration(CodeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        var (currencies, countries) = (builder.Configuration[AddedCodes.CurrenciesKey], builder.Configuration[AddedCodes.CountriesKey]);
        if (AddedCodes.FaultOfCurrencies(currencies) is null && AddedCodes.FaultOfCountries(countries) is null)
        {
            AddedCodes.Take(currencies, countries);
        }
    }
}

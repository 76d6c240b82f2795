using Aegis.Dashboard.Feed;
using Aegis.Streams;
using Aegis.Streams.Redis;
using Microsoft.Extensions.Options;
using Radzen;

namespace Aegis.Dashboard;

/// <summary>The dashboard's parts.</summary>
internal static class DashboardServices
{
    /// <summary>Radzen's name of the light theme, which is the first one.</summary>
    public const string LightTheme = "material";

    /// <summary>Radzen's name of the dark theme.</summary>
    public const string DarkTheme = "material-dark";

    /// <summary>Where the choice is remembered.</summary>
    public const string ThemeCookie = "aegis-theme";

    public static WebApplicationBuilder AddDashboard(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.WebHost.UseStaticWebAssets();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddRadzenCookieThemeService(options =>
        {
            options.Name = ThemeCookie;
            options.Duration = TimeSpan.FromDays(365);
        });
        services.AddOptions<DashboardOptions>().BindConfiguration(DashboardOptions.Section);
        services.AddHttpClient<ScoringClient>((provider, http) =>
        {
            http.BaseAddress = new Uri(builder.Configuration["services:scoring:http:0"] ?? "http://localhost:5081");
            if (provider.GetRequiredService<IOptions<DashboardOptions>>().Value.ApiKey is { Length: > 0 } key)
            {
                http.DefaultRequestHeaders.Add("X-Api-Key", key);
            }
        });
        var endpoint = RedisEndpoint.Parse(builder.Configuration.GetConnectionString("redis")
            ?? throw new InvalidOperationException("ConnectionStrings:redis is missing; allowed: host:port,password=... of the Redis that holds the log."));
        services.AddSingleton(provider => new RedisClient(endpoint, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RedisClient>>()));
        services.AddSingleton(provider => new LiveFeed(provider.GetRequiredService<RedisClient>(), new StreamOptions()));
        services.AddSingleton<FeedService>();
        services.AddHostedService(provider => provider.GetRequiredService<FeedService>());
        return builder;
    }
}

using Aegis.Client;
using Aegis.Dashboard.Feed;
using Aegis.Streams;
using Microsoft.Extensions.Options;
using MudBlazor.Services;

namespace Aegis.Dashboard;

/// <summary>Registers the dashboard's parts.</summary>
internal static class DashboardServices
{
    /// <summary>How long a page waits for the scoring service before it shows an error.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);

    public static WebApplicationBuilder AddDashboard(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.WebHost.UseStaticWebAssets();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddOptions<DashboardOptions>().BindConfiguration(DashboardOptions.Section);
        var scoring = new Uri(builder.Configuration["services:scoring:http:0"] ?? "http://localhost:5081");
        services.AddHttpClient<AegisClient>((provider, http) =>
        {
            http.Timeout = AnswerTime;
            http.BaseAddress = scoring;
            AegisClient.UseKey(http, KeyOf(provider));
        });
        services.AddSingleton(provider => new PatientScoring(AegisClient.At(scoring, KeyOf(provider), PatientScoring.TimeLimit)));
        builder.AddStreams();
        services.AddSingleton<FeedService>();
        services.AddHostedService(provider => provider.GetRequiredService<FeedService>());
        return builder;
    }

    private static string? KeyOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<DashboardOptions>>().Value.ApiKey;
}

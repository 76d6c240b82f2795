using Microsoft.Extensions.Configuration;

namespace Aegis.AppHost.Supervision;

/// <summary>Prints where everything is, once all is healthy.</summary>
internal sealed class Addresses(UpOptions up, ModelLine model, IConfiguration configuration)
{
    /// <summary>Prints the table.</summary>
    public async Task PrintAsync(CancellationToken stopping)
    {
        var line = await model.ReadAsync(stopping);
        Console.WriteLine(
            $"""

            Everything is healthy. Ctrl-C stops it.
              Fraud dashboard   http://localhost:{up.DashboardPort}
              API               http://localhost:{up.ScoringPort}
              Aspire dashboard  {DashboardUrl}
              Redis             {(RedisShape.IsConnection(up.Redis) ? "as connected to" : $"localhost:{up.RedisPort}")}
            {(line is null ? "" : $"  Model             {line}\n")}
            """);
    }

    // The Aspire dashboard asks for a token; the address carries it, so that nobody has to type it.
    private string DashboardUrl =>
        configuration["AppHost:BrowserToken"] is { } token ? $"{up.AspireDashboardUrl}/login?t={token}" : up.AspireDashboardUrl;
}

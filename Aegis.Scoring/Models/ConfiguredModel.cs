using Aegis.ServiceDefaults;
using Aegis.Streams.Redis;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Models;

/// <summary>At the start, brings the configured bundle and rate table into force where others were configured before, and rules: the
/// starter pack into a new store, and the rules, lists and budget of a last change that was cut short.</summary>
internal sealed partial class ConfiguredModel(
    ModelControl control, RuleLife rules, ListControl lists, BudgetControl budget, ModelRegistry models, IOptions<ScoringOptions> options,
    TimeProvider time, ILogger<ConfiguredModel> logger) : BackgroundService
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
        await Retries.Endless(
            "configured model", RetryPause, time, fault => fault is RedisException or SqliteException, fault =>
            LogPutOff(models.Configured, models.Rates.Configured, fault.Message))
            .ExecuteAsync(
                async cancel =>
                {
                    if (options.Value.StarterRules)
                    {
                        await rules.AddStarterPackAsync(cancel);
                    }

                    await budget.AddFirstAsync(cancel);
                    await control.UseConfiguredAsync(cancel);
                    await budget.UseNewestAsync(cancel);
                    await lists.UseNewestAsync(cancel);
                    await rules.UseNewestAsync(cancel);
                },
                stoppingToken);

    [LoggerMessage(2501, LogLevel.Warning, "Model {Version} and rate table {Rates} are not in force yet: {Reason}")]
    private partial void LogPutOff(string version, string rates, string reason);
}

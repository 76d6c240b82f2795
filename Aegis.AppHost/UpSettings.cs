namespace Aegis.AppHost;

/// <summary>Turns the options of a run into settings of each service.</summary>
internal static class UpSettings
{
    private const string StarterRules = "Scoring__StarterRules";
    private const string StarterBudget = "Scoring__StarterBudget";

    /// <summary>Environment variables of scoring.</summary>
    public static IEnumerable<(string Name, string? Value)> ScoringSettings(this UpOptions up, DataFolder data) =>
    [
        ("Scoring__StorePath", data.Store),
        ("Scoring__ModelPath", data.Model(up)),
        ("Scoring__TokenKeyPath", data.TokenKey),
        ("Scoring__RatesPath", up.RatesFile),
        ("Scoring__ApiKey", up.ApiKey),
        // Unless the environment, which scoring inherits, says otherwise.
        (StarterRules, Environment.GetEnvironmentVariable(StarterRules) is null ? "true" : null),
        (StarterBudget, Environment.GetEnvironmentVariable(StarterBudget) is null ? "100" : null),
        // A replay appends the barriers of facts itself, by event time.
        ("Scoring__FactsIntervalSeconds", up.ReplayFile is null ? null : "0"),
    ];

    /// <summary>Environment variables of the dashboard.</summary>
    public static IEnumerable<(string Name, string? Value)> DashboardSettings(this UpOptions up) =>
        [("Dashboard__ApiKey", up.ApiKey), ("Dashboard__TracesUrl", up.AspireDashboardUrl)];
}

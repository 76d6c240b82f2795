namespace Aegis.Dashboard;

/// <summary>What the dashboard needs to know of its surroundings.</summary>
internal sealed class DashboardOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Dashboard";

    /// <summary>Key for the scoring API; null where it takes loopback callers without one.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The Aspire dashboard, for links to traces; null where there is none.</summary>
    public string? TracesUrl { get; set; }
}

namespace Aegis.Dashboard;

/// <summary>Settings of the dashboard: the scoring API's key and the address of traces.</summary>
internal sealed class DashboardOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Dashboard";

    /// <summary>Key for the scoring API; null if that API takes callers on loopback without a key.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Address of the Aspire dashboard, for links to traces; null without one.</summary>
    public string? TracesUrl { get; set; }
}

namespace Aegis.AppHost.Supervision;

/// <summary>How a run ended.</summary>
internal sealed class RunOutcome
{
    /// <summary>True if a resource that others need could not start.</summary>
    public bool HasFailed { get; set; }
}

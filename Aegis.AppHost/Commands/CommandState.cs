using Aspire.Hosting.ApplicationModel;

namespace Aegis.AppHost.Commands;

/// <summary>When a command can be given.</summary>
internal static class CommandState
{
    /// <summary>While its resource runs.</summary>
    public static ResourceCommandState WhileRunning(UpdateCommandStateContext context) =>
        context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;
}

using Aspire.Hosting.ApplicationModel;

namespace Aegis.AppHost.Commands;

/// <summary>When the Aspire dashboard offers a command.</summary>
internal static class CommandState
{
    /// <summary>Offers a command while its resource runs.</summary>
    public static ResourceCommandState WhileRunning(UpdateCommandStateContext context) =>
        context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;
}

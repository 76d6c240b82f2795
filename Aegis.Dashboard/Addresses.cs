namespace Aegis.Dashboard;

/// <summary>Where pages lie.</summary>
internal static class Addresses
{
    /// <summary>The page of a decision.</summary>
    public static string OfDecision(string transactionId) => $"decisions/{Uri.EscapeDataString(transactionId)}";
}

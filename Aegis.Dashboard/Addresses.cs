namespace Aegis.Dashboard;

/// <summary>The addresses of pages.</summary>
internal static class Addresses
{
    /// <summary>The page of a decision.</summary>
    public static string OfDecision(string transactionId) => $"decisions/{Uri.EscapeDataString(transactionId)}";
}

using Aegis.Client;

namespace Aegis.Dashboard;

/// <summary>The scoring service for calls that take minutes, such as training. They are never sent twice.</summary>
/// <param name="Client">The client.</param>
internal sealed record PatientScoring(AegisClient Client) : IDisposable
{
    /// <summary>The longest wait for an answer.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();
}

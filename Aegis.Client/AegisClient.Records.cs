namespace Aegis.Client;

/// <content>Records of decisions.</content>
public sealed partial class AegisClient
{
    /// <summary>Everything about the decision on a transaction; null if there is none.</summary>
    public Task<DecisionRecord?> FindRecordAsync(string id, CancellationToken cancel = default) =>
        FindAsync<DecisionRecord>($"decisions/{Uri.EscapeDataString(id)}/record", cancel);

    /// <summary>Computes the decision on a transaction again from what is stored with it.</summary>
    public Task<DecisionVerification> VerifyDecisionAsync(string id, CancellationToken cancel = default) =>
        SendAsync<DecisionVerification>(HttpMethod.Post, $"decisions/{Uri.EscapeDataString(id)}/verify", body: null, JsonType, cancel);
}

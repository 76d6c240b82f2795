namespace Aegis.Client;

/// <content>The audit trail.</content>
public sealed partial class AegisClient
{
    /// <summary>A page of the audit trail, newest first.</summary>
    public Task<AuditPage> AuditAsync(string? who = null, long? before = null, int limit = 100, CancellationToken cancel = default) =>
        GetAsync<AuditPage>(
            $"audit?limit={limit}{(who is null ? "" : $"&who={Uri.EscapeDataString(who)}")}{(before is null ? "" : $"&before={before}")}",
            cancel);

    /// <summary>Checks the chain of the audit trail.</summary>
    /// <param name="last">The hash of an entry that was last once; null if none is known.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<AuditVerification> VerifyAuditAsync(string? last = null, CancellationToken cancel = default) =>
        GetAsync<AuditVerification>($"audit/verify{(last is null ? "" : $"?last={Uri.EscapeDataString(last)}")}", cancel);
}

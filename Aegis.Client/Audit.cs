namespace Aegis.Client;

/// <summary>An entry of the audit trail.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Who">Who: the request's <c>by</c>, or "unnamed" where it has none.</param>
/// <param name="Action">The method and the route.</param>
/// <param name="Subject">The values of the route and of the query; card numbers are masked.</param>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="Digest">SHA-256 of the request's values as JSON, hexadecimal; empty where it has none.</param>
/// <param name="Before">The hash of the entry before; 64 zeros for the first.</param>
/// <param name="Hash">SHA-256 over all of the above, hexadecimal.</param>
public sealed record AuditEntry(
    long Number, DateTimeOffset At, string Who, string Action, string Subject, int Status, string Digest, string Before, string Hash);

/// <summary>A page of the audit trail, newest first.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Next">The value of <c>before</c> for the next page; null on the last page.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, long? Next);

/// <summary>Whether the audit trail is whole.</summary>
/// <param name="IsWhole">True if every entry is where it belongs and says what it said.</param>
/// <param name="Entries">The number of entries.</param>
/// <param name="FirstBroken">The number at which the chain first breaks; null if it does not.</param>
/// <param name="Fault">What is wrong there; null if nothing is.</param>
/// <param name="Last">The hash of the last entry: keep it elsewhere, and name it at the next check.</param>
public sealed record AuditVerification(bool IsWhole, long Entries, long? FirstBroken, string? Fault, string Last);

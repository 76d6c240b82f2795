namespace Aegis.Core.Decisions;

/// <summary>What became known of a transaction after it was decided.</summary>
/// <param name="IsFraud">True where it was fraudulent, false where it proved genuine.</param>
/// <param name="KnownAt">When that became known, UTC.</param>
public sealed record Verdict(bool IsFraud, DateTimeOffset KnownAt);

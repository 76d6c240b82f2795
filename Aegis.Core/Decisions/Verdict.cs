namespace Aegis.Core.Decisions;

/// <summary>What became known of a transaction after its decision.</summary>
/// <param name="IsFraud">True if it was fraudulent, false if it proved genuine.</param>
/// <param name="KnownAt">When this became known, UTC.</param>
public sealed record Verdict(bool IsFraud, DateTimeOffset KnownAt);

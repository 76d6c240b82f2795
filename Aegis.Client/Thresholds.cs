namespace Aegis.Client;

/// <summary>Two thresholds on the risk (-ln p).</summary>
/// <param name="ReviewAt">The risk from which a payment is flagged, 0 and more.</param>
/// <param name="DeclineAt">The risk from which it is declined, not below <paramref name="ReviewAt"/>.</param>
public sealed record Thresholds(double? ReviewAt, double? DeclineAt);

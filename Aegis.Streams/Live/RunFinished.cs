namespace Aegis.Streams.Live;

/// <summary>Tells watchers in the live feed that a producer has sent everything that it was asked to send.</summary>
/// <param name="Producer">The producer's name.</param>
/// <param name="Sent">The number of transactions of its run.</param>
public sealed record RunFinished(string Producer, long Sent);

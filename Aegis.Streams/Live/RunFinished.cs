namespace Aegis.Streams.Live;

/// <summary>A producer has sent all it was asked to; what watchers are told in the live feed.</summary>
/// <param name="Producer">Its name.</param>
/// <param name="Sent">Transactions of its run.</param>
public sealed record RunFinished(string Producer, long Sent);

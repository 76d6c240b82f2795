namespace Aegis.Dashboard.Feed;

/// <summary>A producer has sent all it was asked to.</summary>
/// <param name="Producer">Its name.</param>
/// <param name="Sent">Transactions of its run.</param>
internal sealed record RunFinished(string Producer, long Sent);

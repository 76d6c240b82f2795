namespace Aegis.Dashboard.Feed;

/// <summary>The scoring service gave no answer that can be used. The message is a sentence for whoever looks at the page.</summary>
internal sealed class ScoringUnavailableException(string message, Exception? cause = null) : Exception(message, cause);

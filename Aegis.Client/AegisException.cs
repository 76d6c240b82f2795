namespace Aegis.Client;

/// <summary>The service did not do what was asked. The message is one sentence for people.</summary>
public abstract class AegisException(string message, Exception? cause = null) : Exception(message, cause);

namespace Aegis.Client;

/// <summary>No usable answer came: the service cannot be reached, is too slow, lags behind, or sent an answer that this
/// client cannot read. Sending again is safe.</summary>
public sealed class AegisUnavailableException(string message, Exception? cause = null) : AegisException(message, cause);

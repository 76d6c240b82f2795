namespace Aspire.Hosting;

/// <summary>The application cannot run; the message says why and what to do.</summary>
public sealed class DistributedApplicationException(string message) : Exception(message);

namespace Aegis.Client;

/// <summary>The service refused a request. The message is the service's own: what is wrong and what is allowed.</summary>
public sealed class AegisRefusedException(int status, string message) : AegisException(message)
{
    /// <summary>The HTTP status, 400 to 499.</summary>
    public int Status { get; } = status;
}

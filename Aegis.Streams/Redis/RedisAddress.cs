namespace Aegis.Streams.Redis;

/// <summary>Where one server listens.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
internal readonly record struct RedisAddress(string Host, int Port)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Host}:{Port}";
}

namespace Aegis.AppHost;

/// <summary>A redis-server or valkey-server process on loopback.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="program">The path of the server.</param>
/// <param name="folder">The server's working folder.</param>
/// <param name="password">The password that clients log in with.</param>
internal sealed class RedisServerResource(string name, string program, string folder, ParameterResource password)
    : ExecutableResource(name, program, folder), IResourceWithConnectionString
{
    /// <summary>The only endpoint.</summary>
    public const string EndpointName = "tcp";

    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create(
            $"{new EndpointReference(this, EndpointName).Property(EndpointProperty.HostAndPort)},password={password}");
}

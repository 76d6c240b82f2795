namespace Aegis.Streams.Redis;

/// <summary>The server answered with an error.</summary>
public sealed class RedisErrorException(string message) : Exception(message);

/// <summary>The bytes from the server are not RESP, or larger than anything this client asks for; the connection is closed.</summary>
public sealed class RedisProtocolException(string message) : Exception(message);

/// <summary>There is no connection, or it broke before the answer came: the command may or may not have run.</summary>
public sealed class RedisUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

using StackExchange.Redis;

namespace Aegis.Streams.Redis;

/// <summary>A command: its name and arguments. Keys must be given as <see cref="RedisKey"/>, because a cluster finds
/// the command's node by them.</summary>
/// <param name="Name">For example <c>XADD</c>.</param>
/// <param name="Arguments">Texts, numbers, bytes and keys.</param>
public sealed record RedisCommand(string Name, params object[] Arguments);

using Aegis.Streams.Redis;

namespace Aegis.Scoring;

/// <summary>Connections to Redis: two that block while they wait for entries or replies, one for everything else.</summary>
internal sealed record StreamClients(RedisClient Blocking, RedisClient Replies, RedisClient Commands);

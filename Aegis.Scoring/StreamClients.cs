using Aegis.Streams.Redis;

namespace Aegis.Scoring;

/// <summary>Connections to Redis: one that blocks while it waits for entries, one for everything else.</summary>
internal sealed record StreamClients(RedisClient Blocking, RedisClient Commands);

using System.Text.Json;
using System.Threading.Channels;
using Aegis.Core.Decisions;
using RedisKey = StackExchange.Redis.RedisKey;
using RedisResult = StackExchange.Redis.RedisResult;

namespace Aegis.Scoring.Shards;

/// <summary>An entry of a reply stream.</summary>
internal sealed record ReplyMessage(ulong Id, uint Content, Decision? Decision, string? Rejection, bool IsConflict);

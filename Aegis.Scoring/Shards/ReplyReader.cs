using System.Text.Json;
using System.Threading.Channels;
using Aegis.Core.Decisions;
using Aegis.Scoring.Commits;
using Aegis.ServiceDefaults;
using Aegis.Streams.Reading;
using Aegis.Streams.Redis;
using RedisKey = StackExchange.Redis.RedisKey;
using RedisResult = StackExchange.Redis.RedisResult;

namespace Aegis.Scoring.Shards;

/// <summary>Gives the callers of this process the decisions that other processes made for them.</summary>
internal sealed partial class ReplyReader(
    ReplyPublisher publisher, BlockingClients clients, DecisionWaiters waiters, TimeProvider time, ILogger<ReplyReader> logger)
    : BackgroundService
{
    private static readonly TimeSpan Block = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var redis = clients.Create();
        var retries = Retries.Endless(
            "replies", RetryPause, time, fault => fault is RedisException, fault => LogInterrupted(fault.Message));
        var after = "$";
        while (!stoppingToken.IsCancellationRequested)
        {
            var command = new RedisCommand(
                "XREAD", "COUNT", 500, "BLOCK", (long)Block.TotalMilliseconds, "STREAMS", (RedisKey)publisher.OwnStream, after);
            var reply = await retries.ExecuteAsync(async cancel => await redis.ExecuteAsync(command, cancel), stoppingToken);
            after = Complete(reply) ?? (after == "$" ? "0" : after);
        }
    }

    /// <returns>The last entry's id; null if there was no entry.</returns>
    private string? Complete(RedisResult reply)
    {
        string? last = null;
        foreach (var entry in reply.Pairs().SelectMany(stream => stream.Value.Items()))
        {
            last = entry[0].Text();
            if (Message(entry) is not { } message)
            {
                continue;
            }

            waiters.Complete(
                new TransactionKey(message.Id, message.Content), new WaitResult(message.Decision, message.Rejection, message.IsConflict));
        }

        return last;
    }

    /// <summary>The message of an entry; null if it is anything else, which nobody waits for.</summary>
    private static ReplyMessage? Message(RedisResult entry)
    {
        try
        {
            return entry[1].Items() is [_, var json] ? JsonSerializer.Deserialize<ReplyMessage>(json.Bytes(), AegisJson.Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(2107, LogLevel.Debug, "Replies cannot be read: {Reason}")]
    private partial void LogInterrupted(string reason);
}

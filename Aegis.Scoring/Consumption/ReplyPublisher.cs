using System.Text.Json;
using System.Threading.Channels;
using Aegis.Core.Decisions;
using Aegis.ServiceDefaults;
using Aegis.Streams;
using Aegis.Streams.Leases;
using Aegis.Streams.Reading;
using Aegis.Streams.Redis;
using RedisKey = StackExchange.Redis.RedisKey;
using RedisResult = StackExchange.Redis.RedisResult;

namespace Aegis.Scoring.Consumption;

/// <summary>What stands in a reply stream.</summary>
internal sealed record ReplyMessage(ulong Id, uint Content, Decision? Decision, string? Rejection, bool IsConflict);

/// <summary>Sends decisions to callers who wait in other processes. A reply that is lost costs the caller its wait, not the decision.</summary>
internal sealed partial class ReplyPublisher(RedisClient redis, LeaseHolder holder, ILogger<ReplyPublisher> logger) : BackgroundService
{
    private const int StreamLength = 10_000;
    private const int StreamSeconds = 60;
    private const int AtOnce = 100;

    private readonly Channel<Reply> _queue = Channel.CreateBounded<Reply>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>The stream of this process.</summary>
    public string OwnStream { get; } = StreamKeys.Replies(holder.Instance)!;

    /// <summary>Queues replies for other processes.</summary>
    public void Send(IReadOnlyList<Reply> replies)
    {
        foreach (var reply in replies)
        {
            if (reply.Stream != OwnStream)
            {
                _queue.Writer.TryWrite(reply);
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var commands = new List<RedisCommand>();
        while (await _queue.Reader.WaitToReadAsync(stoppingToken))
        {
            commands.Clear();
            while (commands.Count < AtOnce && _queue.Reader.TryRead(out var reply))
            {
                var message = new ReplyMessage(reply.Key.Id, reply.Key.Content, reply.Result.Decision, reply.Result.Rejection, reply.Result.IsConflict);
                commands.Add(new RedisCommand("XADD", (RedisKey)reply.Stream, "MAXLEN", "~", StreamLength, "*", "reply", JsonSerializer.Serialize(message, AegisJson.Options)));
                commands.Add(new RedisCommand("EXPIRE", (RedisKey)reply.Stream, StreamSeconds));
            }

            try
            {
                await redis.ExecuteAllAsync(commands, stoppingToken);
            }
            catch (RedisException e)
            {
                LogNotSent(commands.Count / 2, e.Message);
            }
        }
    }

    [LoggerMessage(2106, LogLevel.Warning, "{Count} replies to other processes were not sent: {Reason}")]
    private partial void LogNotSent(int count, string reason);
}

/// <summary>Tells callers of this process what other processes have decided for them.</summary>
internal sealed partial class ReplyReader(ReplyPublisher publisher, BlockingClients clients, DecisionWaiters waiters, TimeProvider time, ILogger<ReplyReader> logger) : BackgroundService
{
    private static readonly TimeSpan Block = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var redis = clients.Create();
        var retries = Retries.Endless("replies", RetryPause, time, fault => fault is RedisException, fault => LogInterrupted(fault.Message));
        var after = "$";
        while (!stoppingToken.IsCancellationRequested)
        {
            var command = new RedisCommand("XREAD", "COUNT", 500, "BLOCK", (long)Block.TotalMilliseconds, "STREAMS", (RedisKey)publisher.OwnStream, after);
            var reply = await retries.ExecuteAsync(async cancel => await redis.ExecuteAsync(command, cancel), stoppingToken);
            after = Complete(reply) ?? (after == "$" ? "0" : after);
        }
    }

    /// <returns>The last entry's id; null where there was none.</returns>
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

            waiters.Complete(new TransactionKey(message.Id, message.Content), new WaitResult(message.Decision, message.Rejection, message.IsConflict));
        }

        return last;
    }

    /// <summary>Null for anything else: nobody waits for it.</summary>
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

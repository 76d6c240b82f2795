using System.Text.Json;
using System.Threading.Channels;
using Aegis.Core.Decisions;
using Aegis.Scoring.Commits;
using Aegis.Streams;
using Aegis.Streams.Leases;
using Aegis.Streams.Redis;
using RedisKey = StackExchange.Redis.RedisKey;
using RedisResult = StackExchange.Redis.RedisResult;

namespace Aegis.Scoring.Shards;

/// <summary>Sends decisions to callers that wait in other processes. If a reply is lost, the caller waits in vain, but
/// the decision stands.</summary>
internal sealed partial class ReplyPublisher(RedisClient redis, LeaseHolder holder, ILogger<ReplyPublisher> logger) : BackgroundService
{
    private const int StreamLength = 10_000;
    private const int StreamSeconds = 60;
    private const int AtOnce = 100;

    private readonly Channel<Reply> _queue = Channel.CreateBounded<Reply>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

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
                var message = new ReplyMessage(
                    reply.Key.Id, reply.Key.Content, reply.Result.Decision, reply.Result.Rejection, reply.Result.IsConflict);
                commands.Add(new RedisCommand(
                    "XADD", (RedisKey)reply.Stream, "MAXLEN", "~", StreamLength, "*", "reply", JsonSerializer.Serialize(
                        message, AegisJson.Options)));
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

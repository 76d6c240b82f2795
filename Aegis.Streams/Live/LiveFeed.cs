using System.Runtime.CompilerServices;
using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.Streams.Redis;

namespace Aegis.Streams.Live;

/// <summary>A message of the live feed. It is a hint for watchers, never a record: the store holds the truth.</summary>
/// <param name="Kind">One of <see cref="LiveKinds"/>.</param>
/// <param name="Json">The content.</param>
public readonly record struct LiveMessage(string Kind, string Json);

/// <summary>Kinds of live messages.</summary>
public static class LiveKinds
{
    /// <summary>A flagged decision.</summary>
    public const string Flagged = "flagged";

    /// <summary>One of a small sample of the other decisions.</summary>
    public const string Sample = "sample";

    /// <summary>Totals, at most once a second and only when they changed.</summary>
    public const string RollUp = "rollup";

    /// <summary>A producer has sent everything that it was asked to send.</summary>
    public const string RunFinished = "run-finished";
}

/// <summary>The capped stream <c>aegis:live</c>.</summary>
public sealed class LiveFeed(RedisClient redis, StreamOptions options)
{
    /// <summary>The longest time that a subscription blocks on the server. Its client allows for it.</summary>
    public static TimeSpan Block { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Publishes messages, oldest first.</summary>
    public async Task PublishAsync(IEnumerable<(string Kind, object Content)> messages, CancellationToken cancel)
    {
        var commands = messages.Select(message => new RedisCommand(
            "XADD", StreamKeys.Live, "MAXLEN", "~", options.LiveFeedLength, "*", message.Kind, JsonSerializer.Serialize(
                message.Content, AegisJson.Options))).ToList();
        if (commands.Count > 0)
        {
            await redis.ExecuteAllAsync(commands, cancel);
        }
    }

    /// <summary>Yields the messages published from now on, without end. It blocks, so it needs a client of its own.</summary>
    public async IAsyncEnumerable<LiveMessage> SubscribeAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var after = "$";
        while (!cancel.IsCancellationRequested)
        {
            var command = new RedisCommand(
                "XREAD", "COUNT", 500, "BLOCK", (long)Block.TotalMilliseconds, "STREAMS", StreamKeys.Live, after);
            var reply = await redis.ExecuteAsync(command, cancel);
            foreach (var entry in reply.Pairs().SelectMany(stream => stream.Value.Items()))
            {
                after = entry[0].Text();
                yield return new LiveMessage(entry[1][0].Text(), entry[1][1].Text());
            }
        }
    }
}

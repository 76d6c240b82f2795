using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Streams.Entries;
using Aegis.Streams.Redis;
using RedisKey = StackExchange.Redis.RedisKey;

namespace Aegis.Streams.Appending;

/// <summary>Appends to the shards of the log. A transaction is accepted once Redis has it on disk, and as many replicas
/// as <see cref="StreamOptions.ConfirmReplicas"/> asks for have it too.</summary>
public sealed class TransactionLog(RedisClient redis, StreamOptions options)
{
    private const int RunMemorySeconds = 604_800;

    // Redis serves nobody else while it trims.
    private const int TrimmedAtOnce = 10_000;

    /// <summary>A log with this number of shards, which waits for no replica.</summary>
    public TransactionLog(RedisClient redis, int shardCount)
        : this(redis, new StreamOptions { ShardCount = shardCount })
    {
    }

    /// <summary>The number of shards.</summary>
    public int ShardCount => options.ShardCount;

    /// <summary>Appends one transaction.</summary>
    /// <returns>Its position.</returns>
    /// <exception cref="RedisUnavailableException">Redis is unavailable, or too few replicas confirmed. The transaction
    /// may or may not be in the log.</exception>
    public async Task<LogPosition> AppendAsync(LogMessage message, CancellationToken cancel)
    {
        var command = Append(message);
        var reply = await redis.ExecuteAsync(command, cancel);
        await ConfirmAsync([command], cancel);
        return LogPosition.TryParse(reply.Text(), out var position)
            ? position
            : throw new RedisProtocolException($"XADD answered '{reply.Text()}'; allowed: an entry id.");
    }

    /// <summary>Appends many entries at once. Each is accepted or fails on its own.</summary>
    /// <exception cref="RedisErrorException">Redis refused one of them.</exception>
    public Task AppendAsync(IReadOnlyList<LogMessage> messages, CancellationToken cancel) => RunAsync([.. messages.Select(Append)], cancel);

    /// <summary>Appends a producer's items, for each shard all or none of them, with the shard's record. It moves
    /// <paramref name="progress"/> on.</summary>
    /// <param name="batches">At most one a shard. They and the log together hold all the producer's items up to their highest.</param>
    /// <param name="progress">Read after this producer's last failed append. Items that it names are not appended again.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <exception cref="RedisUnavailableException">Redis is unavailable; some shards may have their items.</exception>
    public async Task AppendAsync(IReadOnlyList<ShardBatch> batches, ProducerProgress progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(progress);
        List<IReadOnlyList<RedisCommand>> all = [.. batches.Select(batch => batch.Commands(progress))];
        await Task.WhenAll(all.Select(commands => redis.ExecuteAtomicallyAsync(commands, cancel)));
        await ConfirmAsync([.. all.SelectMany(commands => commands)], cancel);
        if (batches.Max(batch => batch.Numbers is [.., var last] ? last : 0) is > 0 and var highest)
        {
            progress.CompleteUpTo(highest);
        }
    }

    /// <summary>Appends labels, each to the shard of its card. To append one twice does no harm.</summary>
    public Task AppendLabelsAsync(IReadOnlyList<PaymentLabel> labels, CancellationToken cancel) =>
        RunAsync([.. labels.Select(
            label => new RedisCommand(
                "XADD", StreamKeys.LogOf(label.Transaction, options.ShardCount), "*", LabelView.Field, LabelView.Encode(label)))], cancel);

    /// <summary>Appends a control entry to every shard. It takes effect from its position on. If it fails halfway,
    /// doing it again is safe.</summary>
    /// <exception cref="RedisUnavailableException">Redis is unavailable; some shards may have the entry.</exception>
    public async Task AppendControlAsync(ControlEntry entry, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var json = entry.ToJson();
        RedisCommand[] commands = [.. Enumerable.Range(0, options.ShardCount)
            .Select(shard => new RedisCommand("XADD", StreamKeys.Log(shard), "*", ControlEntry.Field, json))];
        // On one server, all shards get the entry or none does. Shards of a cluster cannot share a transaction.
        await (await redis.IsClusterAsync(cancel)
            ? redis.ExecuteAllAsync(commands, cancel)
            : redis.ExecuteAtomicallyAsync(commands, cancel));
        await ConfirmAsync(commands, cancel);
    }

    /// <summary>The position of each shard's last entry, by shard; <see cref="LogPosition.Start"/> where it has none, and where its id is
    /// forged and no position.</summary>
    public async Task<IReadOnlyList<LogPosition>> EndsAsync(CancellationToken cancel)
    {
        var replies = await redis.ExecuteAllAsync(
            [.. Enumerable.Range(0, options.ShardCount).Select(
                shard => new RedisCommand("XREVRANGE", StreamKeys.Log(shard), "+", "-", "COUNT", 1))],
            cancel);
        return [.. replies.Select(
            reply => reply.Length > 0 && EntryReply.TryPositionOf(reply[0], out var last) ? last : LogPosition.Start)];
    }

    /// <summary>True if no shard has an entry.</summary>
    public async Task<bool> IsNewAsync(CancellationToken cancel) => (await EndsAsync(cancel)).All(end => end == LogPosition.Start);

    /// <summary>Removes a shard's entries before a position, but for less than a block that Redis keeps entries in (about a
    /// hundred).</summary>
    /// <returns>How many were removed.</returns>
    public async Task<long> TrimAsync(int shard, LogPosition before, CancellationToken cancel)
    {
        for (long removed = 0; ;)
        {
            var reply = await redis.ExecuteAsync(
                new RedisCommand("XTRIM", StreamKeys.Log(shard), "MINID", "~", before.ToString(), "LIMIT", TrimmedAtOnce), cancel);
            var count = (long)reply;
            if (count == 0)
            {
                return removed;
            }

            removed += count;
        }
    }

    /// <summary>The items of a producer that are in the log.</summary>
    /// <exception cref="FormatException">The producer's record in Redis is malformed.</exception>
    public async Task<ProducerProgress> ProgressAsync(string producer, CancellationToken cancel)
    {
        var replies = await redis.ExecuteAllAsync(
            [.. Enumerable.Range(0, options.ShardCount).Select(shard => new RedisCommand("GET", StreamKeys.Producer(shard, producer)))],
            cancel);
        return ProducerProgress.Of([.. replies.Select(reply => (string?)reply)]);
    }

    /// <summary>The number at which a producer's named run began: the number given when the name was first used.</summary>
    public async Task<long> RunStartAsync(string producer, string run, long number, CancellationToken cancel)
    {
        var key = StreamKeys.ProducerRun(producer, run);
        await redis.ExecuteAsync(new RedisCommand("SET", key, number, "NX", "EX", RunMemorySeconds), cancel);
        return (long)await redis.ExecuteAsync(new RedisCommand("GET", key), cancel);
    }

    private async Task RunAsync(IReadOnlyCollection<RedisCommand> commands, CancellationToken cancel)
    {
        await redis.ExecuteAllAsync(commands, cancel);
        await ConfirmAsync(commands, cancel);
    }

    private async Task ConfirmAsync(IReadOnlyCollection<RedisCommand> commands, CancellationToken cancel)
    {
        if (options.ConfirmReplicas == 0 || commands.Count == 0)
        {
            return;
        }

        var within = TimeSpan.FromMilliseconds(options.ConfirmTimeoutMs);
        var confirmed = await redis.WaitForReplicasAsync(
            commands.Select(command => (RedisKey)command.Arguments[0]), options.ConfirmReplicas, within, cancel);
        if (confirmed < options.ConfirmReplicas)
        {
            throw new RedisUnavailableException($"{confirmed} of {options.ConfirmReplicas} replicas confirmed an append within {options.ConfirmTimeoutMs} ms; it may or may not outlive its master.");
        }
    }

    private RedisCommand Append(LogMessage message) =>
        new("XADD", StreamKeys.LogOf(message.Transactions[0], options.ShardCount), "*", MessageCodec.BinaryField, MessageCodec.Encode(
            message));
}

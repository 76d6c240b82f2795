using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Streams.Redis;

namespace Aegis.Streams;

/// <summary>Appends to the shards of the log. A transaction is accepted once Redis has it on disk, and as many replicas as <see cref="StreamOptions.ConfirmReplicas"/> have it too.</summary>
public sealed class TransactionLog(RedisClient redis, StreamOptions options)
{
    private const string RunMemorySeconds = "604800";

    // Redis serves nobody else meanwhile.
    private const string TrimmedAtOnce = "10000";

    /// <summary>A log of so many shards that asks no replica.</summary>
    public TransactionLog(RedisClient redis, int shardCount)
        : this(redis, new StreamOptions { ShardCount = shardCount })
    {
    }

    /// <summary>The log's shards.</summary>
    public int ShardCount => options.ShardCount;

    /// <summary>Appends one transaction.</summary>
    /// <returns>Its position.</returns>
    /// <exception cref="RedisUnavailableException">Redis is gone, or too few replicas confirmed; the transaction may or may not be in the log.</exception>
    public async Task<LogPosition> AppendAsync(LogMessage message, CancellationToken cancel)
    {
        var reply = (await RunAsync([Append(message)], cancel))[0];
        return LogPosition.TryParse(reply.Text, out var position) ? position : throw new RedisProtocolException($"XADD answered '{reply.Text}'; allowed: an entry id.");
    }

    /// <summary>Appends many entries at once; each is accepted or fails by itself.</summary>
    /// <exception cref="RedisErrorException">Redis refused one of them.</exception>
    public async Task AppendAsync(IReadOnlyList<LogMessage> messages, CancellationToken cancel)
    {
        await RunAsync([.. messages.Select(Append)], cancel);
    }

    /// <summary>Appends a producer's items, each shard's all or nothing with the shard's record of them, and moves <paramref name="progress"/> on.</summary>
    /// <param name="batches">At most one a shard. All the producer's items up to the highest of them are in them or in the log.</param>
    /// <param name="progress">Read since the last append of this producer that failed: what it says is there is not appended again.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <exception cref="RedisUnavailableException">Redis is gone; some shards may have their items.</exception>
    public async Task AppendAsync(IReadOnlyList<ShardBatch> batches, ProducerProgress progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(progress);
        await RunAsync([.. batches.SelectMany(batch => batch.Commands(progress))], cancel);
        if (batches.Max(batch => batch.Numbers is [.., var last] ? last : 0) is > 0 and var highest)
        {
            progress.CompleteUpTo(highest);
        }
    }

    /// <summary>Appends what became known of transactions, each to its card's shard. Appending one twice does no harm.</summary>
    public async Task AppendLabelsAsync(IReadOnlyList<PaymentLabel> labels, CancellationToken cancel)
    {
        await RunAsync([.. labels.Select(label => new RedisCommand("XADD", StreamKeys.LogOf(label.Transaction, options.ShardCount), "*", LabelView.Field).Add(LabelView.Encode(label)))], cancel);
    }

    /// <summary>Brings something into force in every shard, from the entry's position on. Doing it again where it failed halfway is safe.</summary>
    /// <exception cref="RedisUnavailableException">Redis is gone; some shards may have it.</exception>
    public async Task AppendControlAsync(ControlEntry entry, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var commands = Control(entry).ToList();
        if (!await redis.IsClusterAsync(cancel))
        {
            // Shards of one server get it all or none; those of a cluster cannot share a transaction.
            commands.Insert(0, new RedisCommand("MULTI"));
            commands.Add(new RedisCommand("EXEC"));
        }

        await RunAsync(commands, cancel);
    }

    private IEnumerable<RedisCommand> Control(ControlEntry entry)
    {
        var json = entry.ToJson();
        return Enumerable.Range(0, options.ShardCount).Select(shard => new RedisCommand("XADD", StreamKeys.Log(shard), "*", ControlEntry.Field).Add((ReadOnlySpan<byte>)json));
    }

    /// <summary>Removes a shard's entries before a position, but for less than a block that Redis keeps entries in (about a hundred).</summary>
    /// <returns>How many were removed.</returns>
    public async Task<long> TrimAsync(int shard, LogPosition before, CancellationToken cancel)
    {
        for (long removed = 0; ;)
        {
            var reply = await redis.ExecuteAsync(new RedisCommand("XTRIM", StreamKeys.Log(shard), "MINID", "~", before.ToString(), "LIMIT", TrimmedAtOnce), cancel);
            if (reply.Integer == 0)
            {
                return removed;
            }

            removed += reply.Integer;
        }
    }

    /// <summary>Which of a producer's items are in the log.</summary>
    /// <exception cref="FormatException">Its progress is none.</exception>
    public async Task<ProducerProgress> ProgressAsync(string producer, CancellationToken cancel)
    {
        var replies = await redis.ExecuteAllAsync([.. Enumerable.Range(0, options.ShardCount).Select(shard => new RedisCommand("GET", StreamKeys.Producer(shard, producer)))], cancel);
        return ProducerProgress.Of([.. replies.Select(reply => RedisClient.Checked(reply).Kind == RespKind.Null ? null : reply.Text)]);
    }

    /// <summary>Where a named run of a producer began: the number given the first time the name is used.</summary>
    public async Task<long> RunStartAsync(string producer, string run, long number, CancellationToken cancel)
    {
        var key = StreamKeys.ProducerRun(producer, run);
        await redis.ExecuteAsync(new RedisCommand("SET", key, number.ToString(), "NX", "EX", RunMemorySeconds), cancel);
        return long.Parse((await redis.ExecuteAsync(new RedisCommand("GET", key), cancel)).Text);
    }

    private async Task<RespValue[]> RunAsync(List<RedisCommand> commands, CancellationToken cancel)
    {
        if (commands.Count == 0)
        {
            return [];
        }

        var (replies, confirmed) = options.ConfirmReplicas == 0
            ? (await redis.ExecuteAllAsync(commands, cancel), 0)
            : await redis.ExecuteConfirmedAsync(commands, options.ConfirmReplicas, TimeSpan.FromMilliseconds(options.ConfirmTimeoutMs), cancel);
        foreach (var reply in replies)
        {
            // What a MULTI block answers holds the answers of its commands.
            RedisClient.Checked(reply);
            Array.ForEach(reply.Items, item => RedisClient.Checked(item));
        }

        return confirmed >= options.ConfirmReplicas
            ? replies
            : throw new RedisUnavailableException($"{confirmed} of {options.ConfirmReplicas} replicas confirmed an append within {options.ConfirmTimeoutMs} ms; it may or may not outlive its master.");
    }

    private RedisCommand Append(LogMessage message) =>
        new RedisCommand("XADD", StreamKeys.LogOf(message.Transactions[0], options.ShardCount), "*", MessageCodec.BinaryField).Add(MessageCodec.Encode(message));
}

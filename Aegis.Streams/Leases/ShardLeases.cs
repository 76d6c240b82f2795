using Aegis.Streams.Redis;

namespace Aegis.Streams.Leases;

/// <summary>The owner of a lease: an instance, and one start of it.</summary>
/// <param name="Instance">The instance's name, the same after a restart. Processes that run at once have different names.</param>
/// <param name="Start">A text that differs for every start.</param>
public sealed record LeaseHolder(string Instance, string Start)
{
    /// <summary>The form in Redis.</summary>
    public string Token => $"{Instance}:{Start}";
}

/// <summary>The result of one round of renewals.</summary>
/// <param name="Members">The tokens of all live processes, in a fixed order.</param>
/// <param name="Held">Of the shards asked for, those whose lease is ours now.</param>
/// <param name="ReplacedBy">The token of a later start of this same instance; null if there is none.</param>
public sealed record LeaseRound(IReadOnlyList<string> Members, IReadOnlySet<int> Held, string? ReplacedBy);

/// <summary>Leases on shards, kept in Redis. A lease ends some seconds after its holder. Leases decide who works; the
/// store's fence decides who may write.</summary>
public sealed class ShardLeases(RedisClient redis, LeaseHolder holder, StreamOptions options)
{
    // The script takes the server's time, so the members' clocks do not matter.
    private const string Heartbeat = """
        local t = redis.call('TIME')
        local now = t[1] * 1000 + math.floor(t[2] / 1000)
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
        redis.call('ZADD', KEYS[1], now, ARGV[1])
        return redis.call('ZRANGE', KEYS[1], 0, -1)
        """;

    // A lease becomes ours if it is free, already ours, or that of an earlier start of this instance.
    private const string Take = """
        local held = redis.call('GET', KEYS[1])
        if not held or held == ARGV[1] or (ARGV[4] == '1' and string.sub(held, 1, #ARGV[2]) == ARGV[2]) then
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
            return ARGV[1]
        end
        return held
        """;

    private const string Drop = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

    private readonly HashSet<int> _ever = [];

    /// <summary>The holder of the leases.</summary>
    public LeaseHolder Holder { get; } = holder;

    /// <summary>Reports that this process is alive, and takes or renews leases.</summary>
    /// <param name="wanted">Given the live members, returns the shards wanted.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<LeaseRound> RenewAsync(Func<IReadOnlyList<string>, IReadOnlyCollection<int>> wanted, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var members = await redis.ExecuteAsync(
            new RedisCommand("EVAL", Heartbeat, 1, StreamKeys.Members, Holder.Token, options.LeaseMs), cancel);
        var tokens = members.Items().Select(item => item.Text()).Order(StringComparer.Ordinal).ToList();
        // Earlier starts of this instance are dead, even if their heartbeats have not expired.
        tokens.RemoveAll(token => token != Holder.Token && token.StartsWith($"{Holder.Instance}:", StringComparison.Ordinal));
        var shards = wanted(tokens).ToList();
        var replies = await redis.ExecuteAllAsync([.. shards.Select(shard => new RedisCommand(
            "EVAL", Take, 1, StreamKeys.Lease(shard), Holder.Token, $"{Holder.Instance}:", options.LeaseMs, _ever.Contains(shard)
                ? "0"
                : "1"))], cancel);
        var held = new HashSet<int>();
        string? replacedBy = null;
        for (var i = 0; i < shards.Count; i++)
        {
            var owner = replies[i].Text();
            if (owner == Holder.Token)
            {
                held.Add(shards[i]);
                _ever.Add(shards[i]);
            }
            else if (owner.StartsWith($"{Holder.Instance}:", StringComparison.Ordinal))
            {
                replacedBy = owner;
            }
        }

        return new LeaseRound(tokens, held, replacedBy);
    }

    /// <summary>Gives leases up; if the process ends, its membership too.</summary>
    public async Task ReleaseAsync(IEnumerable<int> shards, bool isLeaving, CancellationToken cancel)
    {
        var commands = shards.Select(shard => new RedisCommand("EVAL", Drop, 1, StreamKeys.Lease(shard), Holder.Token)).ToList();
        if (isLeaving)
        {
            commands.Add(new RedisCommand("ZREM", StreamKeys.Members, Holder.Token));
        }

        await redis.ExecuteAllAsync(commands, cancel);
    }
}

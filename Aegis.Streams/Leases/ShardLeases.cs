using Aegis.Streams.Redis;

namespace Aegis.Streams.Leases;

/// <summary>Who owns a lease: an instance by name, and which start of it.</summary>
/// <param name="Instance">The name, the same after a restart; two processes that run at once have different ones.</param>
/// <param name="Start">Different for every start.</param>
public sealed record LeaseHolder(string Instance, string Start)
{
    /// <summary>As it stands in Redis.</summary>
    public string Token => $"{Instance}:{Start}";
}

/// <summary>What one round of renewing came to.</summary>
/// <param name="Members">Tokens of all processes that live, in a fixed order.</param>
/// <param name="Held">The shards asked for whose lease is ours now.</param>
/// <param name="ReplacedBy">The token of a later start of this very instance; null where there is none.</param>
public sealed record LeaseRound(IReadOnlyList<string> Members, IReadOnlySet<int> Held, string? ReplacedBy);

/// <summary>Leases on shards, kept in Redis and gone some seconds after their holder. They decide who works; that nobody else can write is
/// the store's fence.</summary>
public sealed class ShardLeases(RedisClient redis, LeaseHolder holder, StreamOptions options)
{
    // Time is the server's: the clocks of the members do not matter.
    private const string Heartbeat = """
        local t = redis.call('TIME')
        local now = t[1] * 1000 + math.floor(t[2] / 1000)
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
        redis.call('ZADD', KEYS[1], now, ARGV[1])
        return redis.call('ZRANGE', KEYS[1], 0, -1)
        """;

    // A lease that is free, ours, or an earlier start's of this instance becomes ours.
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

    /// <summary>Who holds.</summary>
    public LeaseHolder Holder { get; } = holder;

    /// <summary>Says that this process lives, and takes or renews leases.</summary>
    /// <param name="wanted">Which; asked for the living members.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<LeaseRound> RenewAsync(Func<IReadOnlyList<string>, IReadOnlyCollection<int>> wanted, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var members = await redis.ExecuteAsync(
            new RedisCommand("EVAL", Heartbeat, 1, StreamKeys.Members, Holder.Token, options.LeaseMs), cancel);
        var tokens = members.Items().Select(item => item.Text()).Order(StringComparer.Ordinal).ToList();
        // Earlier starts of this instance are dead, though their heartbeat may not have run out.
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

    /// <summary>Gives leases up, and membership too where the process ends.</summary>
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

using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Streams;
using Aegis.Streams.Entries;
using Aegis.Streams.Reading;
using Aegis.Streams.Redis;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.TestRig.Audits;

/// <summary>A transaction's place in the log.</summary>
internal readonly record struct Place(int Shard, LogPosition Position, int Item);

/// <summary>The result of comparing the store with the log.</summary>
/// <param name="Logged">The number of different transactions in the log.</param>
/// <param name="Decided">The number of decisions in the store.</param>
/// <param name="Lost">The number of accepted transactions without a decision.</param>
/// <param name="Duplicated">The number of decisions beyond the first of an id.</param>
/// <param name="WrongPositions">The number of decisions that do not stand where their transaction first stands in the log.</param>
/// <param name="DeadLetters">The number of entries that could not be decided.</param>
/// <param name="Labels">The number of labels in the store.</param>
internal sealed record AuditResult(
    long Logged, long Decided, long Lost, long Duplicated, long WrongPositions, long DeadLetters, long Labels);

/// <summary>Compares the store with the whole log and with the answers that callers got.</summary>
internal static class StoreAudit
{
    private const int AtOnce = 1_000;

    /// <summary>Compares the store with the log.</summary>
    /// <param name="redis">The log, not trimmed.</param>
    /// <param name="storePath">The store, which nobody writes any more.</param>
    /// <param name="shardCount">The number of the log's shards.</param>
    /// <param name="accepted">The ids confirmed to their senders.</param>
    public static async Task<AuditResult> RunAsync(
        RedisClient redis, string storePath, int shardCount, IReadOnlyCollection<string> accepted)
    {
        var logged = await LoggedAsync(redis, shardCount);
        using var connection = new SqliteConnection($"Data Source={storePath};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var decided = new Dictionary<string, Place>();
        long rows = 0, duplicated = 0, wrong = 0;
        foreach (var (shard, ms, seq, item, body) in connection.Query<(int, long, long, int, byte[])>(
            "SELECT shard, position_ms, position_seq, item, transaction_body FROM decisions ORDER BY sequence", buffered: false))
        {
            rows++;
            var id = MessageCodec.DecodeTransaction(body).Id;
            var place = new Place(shard, new LogPosition(ms, seq), item);
            duplicated += decided.TryAdd(id, place) ? 0 : 1;
            wrong += logged.GetValueOrDefault(id) == place ? 0 : 1;
        }

        return new AuditResult(
            logged.Count, rows, accepted.Concat(logged.Keys).Distinct().Count(
                id => !decided.ContainsKey(id)), duplicated, wrong, connection.ExecuteScalar<long>("SELECT COUNT(*) FROM dead_letters"),
                connection.ExecuteScalar<long>("SELECT COUNT(*) FROM labels"));
    }

    /// <summary>The number of callers whose answer differs from the store.</summary>
    public static long WrongAnswers(string storePath, IReadOnlyDictionary<string, (DecisionOutcome Outcome, LogPosition Position)> answers)
    {
        using var connection = new SqliteConnection($"Data Source={storePath};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var right = 0;
        foreach (var (outcome, ms, seq, body) in connection.Query<(int, long, long, byte[])>(
            "SELECT outcome, position_ms, position_seq, transaction_body FROM decisions", buffered: false))
        {
            right += answers.TryGetValue(MessageCodec.DecodeTransaction(body).Id, out var answer)
                && answer == ((DecisionOutcome)outcome, new LogPosition(ms, seq)) ? 1 : 0;
        }

        return answers.Count - right;
    }

    /// <summary>The number of decisions and labels of one store that the other does not hold exactly. A decision counts
    /// with place, vector, scores and fact version; a label with its verdict and whether it was counted.</summary>
    public static long Differences(string storePath, string otherPath)
    {
        using var connection = new SqliteConnection($"Data Source={storePath};Mode=ReadOnly;Pooling=False");
        connection.Open();
        connection.Execute("ATTACH DATABASE @otherPath AS other", new { otherPath });
        const string Columns = "shard, position_ms, position_seq, item, outcome, is_late, facts_ms, scores";
        const string Labels = "id, shard, position_ms, position_seq, is_fraud, labelled_at_ms, is_counted";
        return connection.ExecuteScalar<long>(
            $"SELECT COUNT(*) FROM (SELECT {Columns} FROM main.decisions EXCEPT SELECT {Columns} FROM other.decisions)")
            + connection.ExecuteScalar<long>(
                $"SELECT COUNT(*) FROM (SELECT {Labels} FROM main.labels EXCEPT SELECT {Labels} FROM other.labels)");
    }

    /// <summary>The first place of each transaction to decide.</summary>
    private static async Task<Dictionary<string, Place>> LoggedAsync(RedisClient redis, int shardCount)
    {
        var logged = new Dictionary<string, Place>();
        var reader = new ShardReader(redis, new StreamOptions { ShardCount = shardCount }, TimeProvider.System);
        for (var shard = 0; shard < shardCount; shard++)
        {
            for (var after = LogPosition.Start; await reader.ReadRangeAsync(
                shard, after, new LogPosition(long.MaxValue, long.MaxValue), AtOnce, CancellationToken.None) is { } entries;)
            {
                after = Add(entries, logged);
            }
        }

        return logged;
    }

    private static LogPosition Add(ShardEntries entries, Dictionary<string, Place> logged)
    {
        foreach (var entry in entries.Entries)
        {
            var message = entry.Kind == EntryKind.Binary ? MessageCodec.Decode(entries.Bytes.Slice(entry.Offset, entry.Length)) : null;
            IReadOnlyList<Transaction> transactions = message is { IsHistory: false } ? message.Transactions : [];
            for (var item = 0; item < transactions.Count; item++)
            {
                logged.TryAdd(transactions[item].Id, new Place(entries.Shard, entry.Position, item));
            }
        }

        var last = entries.Entries[^1].Position;
        entries.Release();
        return last;
    }
}

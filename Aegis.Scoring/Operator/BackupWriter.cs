using Aegis.Core.Decisions;
using Aegis.Streams;
using Aegis.Streams.Entries;
using Aegis.Streams.Reading;
using Aegis.Streams.Redis;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Operator;

/// <summary>Copies a data folder while processes work on it.</summary>
/// <remarks>
/// The store is copied as of one moment, so its decisions, positions and snapshots belong together. The log is copied
/// from each shard's snapshot in that copy up to an end after the copy. That end is one moment for all shards and for
/// the progress of producers. A restored service reads the entries between snapshot and position again, as after a
/// crash, and decides what follows. Everything accepted before the backup began is in the store or in the dump, and
/// nothing counts twice.
/// </remarks>
internal sealed class BackupWriter(DataLayout data, RedisClient redis, TimeProvider time)
{
    private const int EntriesAtOnce = 500;

    /// <summary>Makes a backup. Its folder gets its name once it is complete.</summary>
    /// <exception cref="BackupException">There is nothing to copy, no room for it, or log and store do not belong together.</exception>
    /// <exception cref="RedisUnavailableException">Redis is gone.</exception>
    public async Task<BackupManifest> WriteAsync(string target, CancellationToken cancel)
    {
        if (!File.Exists(data.Store))
        {
            throw new BackupException($"There is no store in '{data.Root}'; allowed: the data folder of ./aegis up.");
        }

        var createdAt = time.GetUtcNow();
        var backup = DataLayout.Partial(target);
        IReadOnlyList<BackupShard> shards;
        LogCut cut;
        using (var holding = Open(data.Store))
        {
            // The log is trimmed only below snapshots that a whole checkpoint has covered. This read transaction keeps
            // checkpoints from passing it.
            using var held = holding.BeginTransaction(deferred: true);
            holding.ExecuteScalar<long>("SELECT COUNT(*) FROM shards", transaction: held);
            PrivateFile.CreateFolder(Path.GetDirectoryName(backup.Store)!);
            using (var copying = Open(data.Store))
            {
                copying.Execute("VACUUM INTO @path", new { path = backup.Store });
            }

            shards = ReadShards(backup);
            cut = await CutAsync(shards.Count, cancel);
            shards = await DumpAsync(backup, shards, cut, cancel);
        }

        CopyFiles(backup);
        var files = Directory.EnumerateFiles(backup.Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => BackupFile.Of(backup.Root, path)).ToList();
        var manifest = new BackupManifest(BackupManifest.CurrentFormat, createdAt, shards, cut.Producers, files);
        manifest.Write(backup);
        backup.Become(target);
        return manifest;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static IReadOnlyList<BackupShard> ReadShards(DataLayout backup)
    {
        using var copy = Open(backup.Store);
        return [.. copy.Query<(long Shard, long PositionMs, long PositionSeq, long SnapshotMs, long SnapshotSeq)>(
            "SELECT shard, position_ms, position_seq, snapshot_ms, snapshot_seq FROM shards ORDER BY shard")
            .Select(row => new BackupShard(
                (int)row.Shard, new LogPosition(row.SnapshotMs, row.SnapshotSeq), new LogPosition(row.PositionMs, row.PositionSeq),
                Entries: 0))];
    }

    /// <summary>The end of each shard and its record of producers' items, at one moment: a producer moves both at once.</summary>
    private async Task<LogCut> CutAsync(int shardCount, CancellationToken cancel)
    {
        var producers = await ProducersAsync(cancel);
        var keys = producers.SelectMany(name => Enumerable.Range(0, shardCount).Select(shard => StreamKeys.Producer(shard, name))).ToList();
        var replies = await redis.ExecuteAtomicallyAsync(
            [.. Enumerable.Range(0, shardCount).Select(shard => new RedisCommand("XREVRANGE", StreamKeys.Log(shard), "+", "-", "COUNT", 1)),
                .. keys.Select(key => new RedisCommand("GET", key))], cancel);
        return new LogCut(
            [.. replies.Take(shardCount)
                .Select(reply => reply.Items() is [var newest] ? EntryReply.PositionOf(newest) : LogPosition.Start)],
            keys.Zip(replies.Skip(shardCount)).Where(producer => !producer.Second.IsNull)
                .ToDictionary(producer => (string)producer.First!, producer => producer.Second.Text()));
    }

    private async Task<IReadOnlyCollection<string>> ProducersAsync(CancellationToken cancel)
    {
        var names = new HashSet<string>();
        var cursor = "0";
        do
        {
            var reply = await redis.ExecuteAsync(
                new RedisCommand("SCAN", cursor, "MATCH", StreamKeys.Producers + "*", "COUNT", 1_000), cancel);
            cursor = reply[0].Text();
            // aegis:producer:{7}:simulate-42
            names.UnionWith(reply[1].Items().Select(item => item.Text()[(item.Text().IndexOf('}', StringComparison.Ordinal) + 2)..]));
        }
        while (cursor != "0");
        return names;
    }

    private async Task<IReadOnlyList<BackupShard>> DumpAsync(
        DataLayout backup, IReadOnlyList<BackupShard> shards, LogCut cut, CancellationToken cancel)
    {
        var reader = new ShardReader(redis, new StreamOptions { ShardCount = shards.Count }, time);
        var dumped = new List<BackupShard>();
        using var writer = new BinaryWriter(File.Create(backup.LogDump));
        foreach (var shard in shards)
        {
            if (!(await reader.ExtentAsync(shard.Shard, cancel)).HoldsAllAfter(shard.Snapshot))
            {
                throw new BackupException($"The log of shard {shard.Shard} does not hold what the store in '{data.Root}' needs from {shard.Snapshot} on: is it another Aegis that runs? Name its ports with --port-base.");
            }

            dumped.Add(shard with { Entries = await DumpAsync(writer, shard, cut.Ends[shard.Shard], cancel) });
        }

        return dumped;
    }

    /// <returns>The number of entries written.</returns>
    private async Task<long> DumpAsync(BinaryWriter writer, BackupShard shard, LogPosition end, CancellationToken cancel)
    {
        long count = 0;
        // The snapshot's own entry is included: it shows that the log holds everything after it.
        for (var from = shard.Snapshot.ToString(); ;)
        {
            var entries = (await redis.ExecuteAsync(
                new RedisCommand("XRANGE", StreamKeys.Log(shard.Shard), from, end.ToString(), "COUNT", EntriesAtOnce), cancel)).Items();
            foreach (var entry in entries)
            {
                LogDump.Write(writer, new DumpedEntry(
                    shard.Shard, EntryReply.PositionOf(entry), [.. entry[1].Items().Select(field => (ReadOnlyMemory<byte>)field.Bytes())]));
            }

            count += entries.Length;
            if (entries.Length < EntriesAtOnce)
            {
                return count;
            }

            from = $"({EntryReply.PositionOf(entries[^1])}";
        }
    }

    private void CopyFiles(DataLayout backup)
    {
        if (File.Exists(data.TokenKey))
        {
            // The copy keeps the mode, 0600.
            File.Copy(data.TokenKey, backup.TokenKey);
        }

        PrivateFile.CreateFolder(backup.Models);
        foreach (var model in Directory.Exists(data.Models) ? Directory.EnumerateFiles(data.Models) : [])
        {
            File.Copy(model, Path.Combine(backup.Models, Path.GetFileName(model)));
        }
    }

    /// <summary>A moment of the log.</summary>
    /// <param name="Ends">The last entry of each shard.</param>
    /// <param name="Producers">By Redis key, the record of the items that a shard has from a producer.</param>
    private sealed record LogCut(IReadOnlyList<LogPosition> Ends, IReadOnlyDictionary<string, string> Producers);
}

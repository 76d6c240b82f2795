using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Streams.Reading;
using Aegis.Streams.Redis;
using Microsoft.Data.Sqlite;
using RedisKey = StackExchange.Redis.RedisKey;

namespace Aegis.Scoring.Operator;

/// <summary>Lays out a data folder from a backup.</summary>
internal sealed class BackupRestorer(TimeProvider time)
{
    private const int EntriesAtOnce = 500;

    /// <summary>Makes a data folder for <c>./aegis up</c>. The folder gets its name once it is complete.</summary>
    /// <exception cref="BackupException">The backup is damaged, the target is not empty, or redis-server is missing.</exception>
    public async Task<BackupManifest> RestoreAsync(string source, string target, CancellationToken cancel)
    {
        var backup = new DataLayout(source);
        var manifest = BackupManifest.Read(backup);
        var data = DataLayout.Partial(target);
        foreach (var file in manifest.Files.Where(file => Path.Combine(source, file.Path) != backup.LogDump))
        {
            var path = Path.Combine(data.Root, file.Path);
            PrivateFile.CreateFolder(Path.GetDirectoryName(path)!);
            File.Copy(Path.Combine(source, file.Path), path);
        }

        PrivateFile.CreateFolder(data.Redis);
        await using (var server = await TemporaryRedis.StartAsync(data.Redis, time, cancel))
        {
            await LoadAsync(server.Client, backup, manifest, cancel);
            await MarkAsync(server.Client, data, manifest, cancel);
            await server.ShutDownAsync(cancel);
        }

        data.Become(target);
        return manifest;
    }

    private static async Task LoadAsync(RedisClient redis, DataLayout backup, BackupManifest manifest, CancellationToken cancel)
    {
        foreach (var entries in LogDump.Read(backup.LogDump).Chunk(EntriesAtOnce))
        {
            await redis.ExecuteAllAsync([.. entries.Select(Add)], cancel);
        }

        await redis.ExecuteAllAsync(
            [.. manifest.Producers.Select(producer => new RedisCommand("SET", (RedisKey)producer.Key, producer.Value))], cancel);
        foreach (var shard in manifest.Shards)
        {
            var length = (long)await redis.ExecuteAsync(new RedisCommand("XLEN", StreamKeys.Log(shard.Shard)), cancel);
            if (length != shard.Entries)
            {
                throw new BackupException($"Shard {shard.Shard} has {length} entries after loading; the backup has {shard.Entries}.");
            }
        }
    }

    /// <summary>Marks the log as that of the store beside it.</summary>
    private static async Task MarkAsync(RedisClient redis, DataLayout data, BackupManifest manifest, CancellationToken cancel)
    {
        var store = Store.Open(data.Store, manifest.Shards.Count);
        var marks = new LogMarks(redis, new StreamOptions { ShardCount = manifest.Shards.Count });
        foreach (var shard in manifest.Shards)
        {
            // What the dump lacks lies before its snapshot, which the store holds.
            await marks.ClaimAsync(shard.Shard, store.Identity, cancel);
        }

        store.HasMarkedLog = true;
        SqliteConnection.ClearAllPools();
    }

    private static RedisCommand Add(DumpedEntry entry) =>
        new("XADD", [StreamKeys.Log(entry.Shard), entry.Position.ToString(), .. entry.Fields.Select(field => (object)field)]);
}

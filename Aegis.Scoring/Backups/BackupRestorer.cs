using Aegis.Streams;
using Aegis.Streams.Redis;

namespace Aegis.Scoring.Backups;

/// <summary>Lays out a data folder from a backup.</summary>
internal sealed class BackupRestorer(TimeProvider time)
{
    private const int EntriesAtOnce = 500;

    /// <summary>Makes a data folder that <c>./aegis up</c> goes on with; it has its name once all is in it.</summary>
    /// <exception cref="BackupException">The backup is damaged, the target is not empty, or there is no redis-server.</exception>
    public async Task<BackupManifest> RestoreAsync(string source, string target, CancellationToken cancel)
    {
        var backup = new DataLayout(source);
        var manifest = BackupManifest.Read(backup);
        var data = DataLayout.Partial(target);
        foreach (var file in manifest.Files.Where(file => Path.Combine(source, file.Path) != backup.LogDump))
        {
            var path = Path.Combine(data.Root, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(Path.Combine(source, file.Path), path);
        }

        Directory.CreateDirectory(data.Redis);
        await using (var server = await TemporaryRedis.StartAsync(data.Redis, time, cancel))
        {
            await LoadAsync(server.Client, backup, manifest, cancel);
            await server.ShutDownAsync(cancel);
        }

        data.Become(target);
        return manifest;
    }

    private static async Task LoadAsync(RedisClient redis, DataLayout backup, BackupManifest manifest, CancellationToken cancel)
    {
        foreach (var entries in LogDump.Read(backup.LogDump).Chunk(EntriesAtOnce))
        {
            await ExecuteAsync(redis, entries.Select(Add), cancel);
        }

        await ExecuteAsync(redis, manifest.Producers.Select(producer => new RedisCommand("SET", producer.Key, producer.Value)), cancel);
        foreach (var shard in manifest.Shards)
        {
            var length = (await redis.ExecuteAsync(new RedisCommand("XLEN", StreamKeys.Log(shard.Shard)), cancel)).Integer;
            if (length != shard.Entries)
            {
                throw new BackupException($"Shard {shard.Shard} has {length} entries after loading; the backup has {shard.Entries}.");
            }
        }
    }

    private static async Task ExecuteAsync(RedisClient redis, IEnumerable<RedisCommand> commands, CancellationToken cancel)
    {
        foreach (var reply in await redis.ExecuteAllAsync([.. commands], cancel))
        {
            RedisClient.Checked(reply);
        }
    }

    private static RedisCommand Add(DumpedEntry entry)
    {
        var command = new RedisCommand("XADD", StreamKeys.Log(entry.Shard), entry.Position.ToString());
        foreach (var field in entry.Fields)
        {
            command.Add(field);
        }

        return command;
    }
}

using System.CommandLine;
using Aegis.Streams.Redis;

namespace Aegis.Scoring.Operator;

/// <summary><c>backup</c> and <c>restore</c>.</summary>
internal static class BackupCommands
{
    private const int UsualRedisPort = 6390;

    public static Command Backup()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Where the backup goes; new or empty." };
        var data = new Option<string>("--data")
            { Description = "The data folder of the running Aegis.", DefaultValueFactory = _ => ".aegis/data" };
        var portBase = new Option<int?>("--port-base") { Description = "As given to ./aegis up." };
        var command = new Command("backup", "Copies store, log, token key and models beside the running Aegis.") { folder, data, portBase };
        command.SetAction(async (parsed, cancel) =>
        {
            var layout = new DataLayout(Path.GetFullPath(parsed.GetValue(data)!));
            var target = Path.GetFullPath(parsed.GetValue(folder)!);
            var password = File.Exists(layout.RedisPassword) ? await File.ReadAllTextAsync(layout.RedisPassword, cancel) : null;
            var address = $"localhost:{parsed.GetValue(portBase) + 2 ?? UsualRedisPort}{(password is null ? "" : $",password={password}")}";
            await using var redis = new RedisClient(RedisSettings.Parse(address, TimeSpan.FromSeconds(30)));
            try
            {
                var manifest = await new BackupWriter(layout, redis, TimeProvider.System).WriteAsync(target, cancel);
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"Wrote {target}: the store and {manifest.Shards.Sum(shard => shard.Entries)} log entries. It holds the token key: keep it as you keep keys.");
            }
            catch (RedisException e)
            {
                throw new CommandException(
                    $"The log cannot be read: {e.Message.TrimEnd('.')}. A backup is made beside a running Aegis: name its folder with --data and its ports with --port-base. One that is stopped is backed up by copying its data folder.");
            }
        });
        return command;
    }

    public static Command Restore()
    {
        var folder = new Argument<string>("FOLDER") { Description = "A backup." };
        var data = new Option<string>("--data") { Description = "The data folder to lay out; new or empty.", Required = true };
        var command = new Command("restore", "Lays out a data folder from a backup, for ./aegis up --data.") { folder, data };
        command.SetAction(async (parsed, cancel) =>
        {
            var target = Path.GetFullPath(parsed.GetValue(data)!);
            var manifest = await new BackupRestorer(TimeProvider.System)
                .RestoreAsync(Path.GetFullPath(parsed.GetValue(folder)!), target, cancel);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                $"Restored the state of {manifest.CreatedAt:yyyy-MM-dd HH:mm:ss} UTC. Start it: ./aegis up --data {target}");
        });
        return command;
    }
}

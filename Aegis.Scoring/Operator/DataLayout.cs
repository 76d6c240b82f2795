using Aegis.Streams;

namespace Aegis.Scoring.Operator;

/// <summary>The paths in a data folder of <c>./aegis up</c>, and in a backup of one.</summary>
internal sealed record DataLayout(string Root)
{
    /// <summary>The SQLite file.</summary>
    public string Store => Path.Combine(Root, "store", "aegis.db");

    /// <summary>The folder of model bundles.</summary>
    public string Models => Path.Combine(Root, "models");

    /// <summary>The key under which card numbers are exchanged for tokens.</summary>
    public string TokenKey => Path.Combine(Root, "token.key");

    /// <summary>Redis' password; not part of a backup.</summary>
    public string RedisPassword => Path.Combine(Root, "redis.password");

    /// <summary>Redis' folder; a backup has <see cref="LogDump"/> instead.</summary>
    public string Redis => Path.Combine(Root, "redis");

    /// <summary>The log's entries; only in a backup.</summary>
    public string LogDump => Path.Combine(Root, "log.dump");

    /// <summary>The contents of a backup; only there, and written last.</summary>
    public string Manifest => Path.Combine(Root, "backup.json");

    /// <summary>A new folder beside the target. It takes the target's name once it is complete.</summary>
    /// <exception cref="BackupException">The target is not empty.</exception>
    public static DataLayout Partial(string target)
    {
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new BackupException($"'{target}' is not empty; allowed: a folder that is new or empty.");
        }

        var partial = new DataLayout(target + ".partial");
        if (Directory.Exists(partial.Root))
        {
            Directory.Delete(partial.Root, recursive: true);
        }

        PrivateFile.CreateFolder(partial.Root);
        return partial;
    }

    /// <summary>Gives a partial folder its final name.</summary>
    public void Become(string target)
    {
        if (Directory.Exists(target))
        {
            Directory.Delete(target);
        }

        Directory.Move(Root, target);
    }
}

using System.Reflection;
using System.Security.Cryptography;
using Aegis.Streams;

namespace Aegis.AppHost;

/// <summary>The folder that keeps all data; one running application at a time holds it.</summary>
internal sealed class DataFolder : IDisposable
{
    private static readonly string[] OwnFolders = ["redis", "store", "models"];

    /// <summary><c>.aegis/data</c> beside the projects, whatever the working directory.</summary>
    public static string Usual { get; } = Path.GetFullPath(Path.Combine(
        typeof(DataFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(a => a.Key == "apphostprojectpath").Value!, "..", ".aegis", "data"));

    private readonly FileStream _lock;

    private DataFolder(string root, FileStream held)
    {
        Root = root;
        _lock = held;
    }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>The SQLite file.</summary>
    public string Store => Path.Combine(StoreFolder, "aegis.db");

    /// <summary>The folder of the SQLite file and what lies beside it.</summary>
    public string StoreFolder => Path.Combine(Root, "store");

    /// <summary>The key that turns card numbers into tokens. <c>--fresh</c> keeps it, so that tokens stay the same.</summary>
    public string TokenKey => Path.Combine(Root, "token.key");

    /// <summary>Redis' password, created once.</summary>
    public string RedisPassword => File.ReadAllText(PasswordPath);

    /// <summary>The folder of our own Redis' files.</summary>
    public string Redis => Path.Combine(Root, "redis");

    /// <summary>The volume of a Redis in a container, one per data folder.</summary>
    public string RedisVolume => $"aegis-{ShortHash(Root)}";

    /// <summary>The settings file of our own Redis. It holds the password, so only its owner may read it.</summary>
    public string RedisSettings => Path.Combine(Redis, "redis.conf");

    private string PasswordPath => Path.Combine(Root, "redis.password");

    /// <summary>The bundle for this run's traffic: one per seed of the simulation, one per file and map of a replay.</summary>
    public string Model(UpOptions up)
    {
        var name = up.ReplayFile is null ? $"simulated-{up.Seed}" : $"{Path.GetFileName(up.ReplayFile)}-{Fingerprint(up)}";
        return Path.Combine(Root, "models", name + ".model");
    }

    /// <summary>True if an earlier run has made that bundle.</summary>
    public bool HasModel(UpOptions up) => File.Exists(Model(up));

    /// <summary>Opens the folder, and empties it first if the options say so.</summary>
    /// <exception cref="DistributedApplicationException">Another application holds the folder.</exception>
    public static DataFolder Open(UpOptions up)
    {
        PrivateFile.CreateFolder(up.DataPath);
        var folder = new DataFolder(up.DataPath, Hold(up.DataPath));
        if (up.IsFresh)
        {
            folder.Empty();
        }

        folder.MakePassword();
        return folder;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Delete(_lock.Name);
        _lock.Dispose();
    }

    /// <summary>Differs by file, map, window and seed, since each needs its own model.</summary>
    private static string Fingerprint(UpOptions up)
    {
        var length = File.Exists(up.ReplayFile) ? new FileInfo(up.ReplayFile).Length : 0;
        var map = File.Exists(up.ReplayMap) ? File.ReadAllText(up.ReplayMap) : up.ReplayMap;
        var text = $"{up.ReplayFile}\n{length}\n{map}\n{up.TrainingDays}\n{up.Seed}";
        return ShortHash(text);
    }

    private static string ShortHash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));

    private static FileStream Hold(string root)
    {
        var path = Path.Combine(root, "aegis.lock");
        try
        {
            while (true)
            {
                // The operating system releases the lock when the process ends, however it ends.
                var held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                if (File.Exists(path))
                {
                    return held;
                }

                // The last holder deleted the file in between.
                held.Dispose();
            }
        }
        catch (IOException e) when (e.Message.Contains("used by another process", StringComparison.Ordinal))
        {
            throw new DistributedApplicationException(
                $"The data folder '{root}' is in use by another running Aegis. Stop that one, or take another folder with --data.");
        }
    }

    /// <summary>Deletes Aegis's own files by name; everything else in the folder stays.</summary>
    private void Empty()
    {
        foreach (var folder in OwnFolders.Select(name => Path.Combine(Root, name)).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }

        File.Delete(PasswordPath);
    }

    private void MakePassword()
    {
        if (!File.Exists(PasswordPath))
        {
            WritePrivate(PasswordPath, RandomNumberGenerator.GetHexString(32, lowercase: true));
        }

        PrivateFile.CreateFolder(Redis);
        File.Delete(RedisSettings);
        WritePrivate(RedisSettings, $"requirepass {RedisPassword}\nmaxmemory-policy noeviction\nloglevel warning\n");
    }

    private static void WritePrivate(string path, string text) =>
        PrivateFile.Write(path, FileMode.CreateNew, System.Text.Encoding.ASCII.GetBytes(text));
}

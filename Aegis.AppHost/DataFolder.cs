using System.Reflection;
using System.Security.Cryptography;
using Aegis.Streams;

namespace Aegis.AppHost;

/// <summary>The folder that keeps everything, held by one running application at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private static readonly string[] OwnFolders = ["redis", "store", "models"];

    /// <summary><c>.aegis/data</c> beside the projects, wherever the application is started from.</summary>
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
    public string Store => Path.Combine(Root, "store", "aegis.db");

    /// <summary>The key that card numbers are exchanged under; outlives <c>--fresh</c>, so that tokens stay the same.</summary>
    public string TokenKey => Path.Combine(Root, "token.key");

    /// <summary>Redis' password, made once.</summary>
    public string RedisPassword => File.ReadAllText(PasswordPath);

    /// <summary>Where our own Redis keeps its files.</summary>
    public string Redis => Path.Combine(Root, "redis");

    /// <summary>The volume of a Redis in a container: one for each data folder.</summary>
    public string RedisVolume => $"aegis-{ShortHash(Root)}";

    /// <summary>Settings of our own Redis that nobody else may read: its password.</summary>
    public string RedisSettings => Path.Combine(Redis, "redis.conf");

    private string PasswordPath => Path.Combine(Root, "redis.password");

    /// <summary>The bundle for the traffic of this run: one for the simulated world of a seed, one for each file and map.</summary>
    public string Model(UpOptions up)
    {
        var name = up.ReplayFile is null ? $"simulated-{up.Seed}" : $"{Path.GetFileName(up.ReplayFile)}-{Fingerprint(up)}";
        return Path.Combine(Root, "models", name + ".model");
    }

    /// <summary>True where that bundle has been made by an earlier run.</summary>
    public bool HasModel(UpOptions up) => File.Exists(Model(up));

    /// <summary>Opens the folder, and empties it first where asked.</summary>
    /// <exception cref="DistributedApplicationException">Another application holds it.</exception>
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

    /// <summary>Another file, map, window or seed wants another model.</summary>
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
                // The operating system lets go of it with the process, however that ends.
                var held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                if (File.Exists(path))
                {
                    return held;
                }

                // Its last holder deleted it in between.
                held.Dispose();
            }
        }
        catch (IOException e) when (e.Message.Contains("used by another process", StringComparison.Ordinal))
        {
            throw new DistributedApplicationException(
                $"The data folder '{root}' is in use by another running Aegis. Stop that one, or take another folder with --data.");
        }
    }

    /// <summary>Deletes what Aegis made, by name: whatever else lies in the folder stays.</summary>
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

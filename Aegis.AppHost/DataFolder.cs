using System.Security.Cryptography;

namespace Aegis.AppHost;

/// <summary>The folder that keeps everything, held by one running application at a time.</summary>
internal sealed class DataFolder : IDisposable
{
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

    private string PasswordPath => Path.Combine(Root, "redis.password");

    /// <summary>The bundle for the traffic of this run: one for the simulated world of a seed, one for each file and map.</summary>
    public string Model(UpOptions up)
    {
        var name = up.ReplayFile is null ? $"simulated-{up.Seed}" : $"{Path.GetFileName(up.ReplayFile)}-{Path.GetFileNameWithoutExtension(up.ReplayMap)}-{up.TrainingDays}d";
        return Path.Combine(Root, "models", name + ".model");
    }

    /// <summary>Opens the folder, and empties it first where asked.</summary>
    /// <exception cref="DistributedApplicationException">Another application holds it.</exception>
    public static DataFolder Open(UpOptions up)
    {
        Directory.CreateDirectory(up.DataPath);
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

    private static FileStream Hold(string root)
    {
        var path = Path.Combine(root, "aegis.lock");
        try
        {
            // The operating system lets go of it with the process, however that ends.
            var held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            held.SetLength(0);
            return held;
        }
        catch (IOException)
        {
            throw new DistributedApplicationException($"The data folder '{root}' is in use by another running Aegis. Stop that one, or take another folder with --data.");
        }
    }

    private void Empty()
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(Root).Where(path => path != TokenKey && path != _lock.Name))
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }
    }

    private void MakePassword()
    {
        if (File.Exists(PasswordPath))
        {
            return;
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(PasswordPath, options);
        file.Write(System.Text.Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(32, lowercase: true)));
    }
}

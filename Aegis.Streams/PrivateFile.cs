namespace Aegis.Streams;

/// <summary>Files and folders that only their owner reads and writes (mode 0600 and 0700 where the system has modes).</summary>
public static class PrivateFile
{
    private const UnixFileMode FileOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderOwner = FileOwner | UnixFileMode.UserExecute;

    /// <summary>Creates a folder, and those above it that are missing. One that is there keeps its mode: others may use it too.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderOwner);
        }
    }

    /// <summary>Makes sure that a file is there, empty where it was not, and its owner's alone.</summary>
    public static void Own(string path)
    {
        if (!File.Exists(path))
        {
            Write(path, FileMode.OpenOrCreate, []);
        }
        else if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, FileOwner);
        }
    }

    /// <summary>Creates a file.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="mode">What happens where there is one: <see cref="FileMode.Create"/>, <see cref="FileMode.CreateNew"/> or
    /// <see cref="FileMode.OpenOrCreate"/>.</param>
    /// <param name="content">What it holds.</param>
    /// <exception cref="IOException">It cannot be created.</exception>
    public static void Write(string path, FileMode mode, ReadOnlySpan<byte> content)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileOwner;
        }

        using var file = new FileStream(path, options);
        file.Write(content);
    }
}

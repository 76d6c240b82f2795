namespace Aegis.Streams;

/// <summary>Files for secrets: only their owner reads and writes them (mode 0600 where the system has modes).</summary>
public static class PrivateFile
{
    /// <summary>Creates a file.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="mode">What happens where there is one: <see cref="FileMode.Create"/> or <see cref="FileMode.CreateNew"/>.</param>
    /// <param name="content">What it holds.</param>
    /// <exception cref="IOException">It cannot be created.</exception>
    public static void Write(string path, FileMode mode, ReadOnlySpan<byte> content)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(content);
    }
}

using System.Diagnostics;
using Aegis.Streams.Volumes;

namespace Aegis.Tests;

/// <summary>A volume of its own (tmpfs), which a test fills up and empties by changing its size. Only root can mount one.</summary>
internal sealed class SmallVolume : IDisposable
{
    private readonly int _mebibytes;

    private SmallVolume(string path, int mebibytes) => (Path, _mebibytes) = (path, mebibytes);

    /// <summary>Where it is mounted.</summary>
    public string Path { get; }

    /// <summary>Mounts a volume; skips the test where this is not allowed.</summary>
    /// <param name="path">The folder to mount it on; made if it is missing.</param>
    /// <param name="mebibytes">Its size. Memory is taken only by what lies on it.</param>
    public static SmallVolume Mount(string path, int mebibytes)
    {
        Directory.CreateDirectory(path);
        Assert.SkipUnless(
            TryRun("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m,mode=0700", "tmpfs", path) is null,
            "A volume that can be filled up is a tmpfs, and this user may not mount one: run this test as root.");
        return new SmallVolume(path, mebibytes);
    }

    /// <summary>Leaves no page free.</summary>
    public void Fill()
    {
        var drive = new DriveInfo(Path);
        // Programs go on writing meanwhile: what they have taken since cannot be cut off, so it is tried again.
        for (var tries = 0; drive.AvailableFreeSpace > 0; tries++)
        {
            var fault = TryRun("mount", "-o", $"remount,size={drive.TotalSize - drive.AvailableFreeSpace}", Path);
            Assert.True(tries < 100, $"{Path} cannot be filled: {ByteCount.Text(drive.AvailableFreeSpace)} are free. {fault}");
        }
    }

    /// <summary>Gives it its size again.</summary>
    public void Empty() => Assert.Null(TryRun("mount", "-o", $"remount,size={_mebibytes}m", Path));

    /// <summary>Takes it away, with all that lies on it.</summary>
    public void Dispose() => TryRun("umount", "--lazy", Path);

    /// <returns>What the program complains of; null where it succeeds.</returns>
    private static string? TryRun(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var fault = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : fault;
    }
}
